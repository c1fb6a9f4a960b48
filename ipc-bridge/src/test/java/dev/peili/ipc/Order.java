package dev.peili.ipc;

import java.util.List;

/**
 * What a test has one side do.
 *
 * @param actor whose turn it is done in; empty is the side itself, outside of turns
 */
record Order(String actor, List<Deed> deeds) implements Scripted {}
