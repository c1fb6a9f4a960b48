package dev.peili.ipc;

import java.util.List;

/** What a puppet handles: the messages of all protocols, and what its side wants it to do. */
interface Part {
    /** Does all this in one turn. */
    record Act(List<Deed> deeds) implements Part {}
}
