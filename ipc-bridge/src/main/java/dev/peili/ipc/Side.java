package dev.peili.ipc;

/** The two sides of a channel. Which of them listens and which connects is another question. */
public enum Side {
    /** Often the process that people talk to, which starts the others. */
    PARENT,
    /** Often the process that does the work, as a content process does for a browser. */
    CHILD;

    /** The one at the far end. */
    public Side other() {
        return this == PARENT ? CHILD : PARENT;
    }
}
