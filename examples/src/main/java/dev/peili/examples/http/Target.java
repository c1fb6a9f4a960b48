package dev.peili.examples.http;

import dev.peili.actors.Site;

/** Which group the messages of a channel run in. */
sealed interface Target {
    /** The DocGroup of a tab's documents of one site. */
    record OfDocuments(String tab, Site site) implements Target {}

    /** The TabGroup: a top-level load has no document yet. */
    record OfTab(String tab) implements Target {}

    /** No group in particular: a request without a frame. */
    record None() implements Target {}
}
