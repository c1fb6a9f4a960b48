package dev.peili.examples.browser;

import java.util.List;

/** A fresh actor system on which recordings are played. */
interface Stage extends AutoCloseable {
    /**
     * A group of Peili.
     *
     * @param foreground whether a person waits for it
     */
    record Group(String name, boolean foreground) {}

    /**
     * Opens the tabs of a script with their documents.
     *
     * @param visible whether a person looks at them
     * @return where the tasks of each of the script's labels go, in the order of the labels
     */
    List<TaskTarget> open(Script script, boolean visible);

    /** The groups that were opened, those of each tab together; only Peili has any. */
    List<Group> groups();

    /** How many turns were paused so far. */
    long pauses();

    /** Ends the actor system; what is queued must have nothing more to do. */
    @Override
    void close();
}
