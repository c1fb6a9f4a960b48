package dev.peili.examples.browser;

import dev.peili.actors.Site;

/** What a recorded task belongs to, and so which group it goes to. */
sealed interface Label {
    /** The documents of a site in a tab: their DocGroup. */
    record OfDocuments(String tab, Site site) implements Label {}

    /** A tab, but none of its documents in particular: its TabGroup. */
    record OfTab(String tab) implements Label {}

    /** Nothing that is known: the root group. */
    record Unknown() implements Label {}
}
