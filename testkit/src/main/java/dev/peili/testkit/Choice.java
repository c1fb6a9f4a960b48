package dev.peili.testkit;

/**
 * A point of a schedule at which more than one thing may happen next. Every one of them is allowed: by Pekko's promises on
 * the order of messages, and by those of groups. Only valid while {@link Strategy#choose} runs.
 */
public interface Choice {
    /** What is to be chosen. */
    enum Kind {
        /** Which actor, callback or timer goes next, or that it is a group. */
        STEP,
        /** Which group of the same urgency goes next, or which actor of one category in a group. */
        IN_GROUPS,
        /** From which sender an actor is given a message. */
        SENDER,
        /** Whether a turn goes on at a checkpoint (0), or others run first (1). */
        CHECKPOINT
    }

    /** What is to be chosen. */
    Kind kind();

    /** How many there are, at least two. */
    int size();

    /** By what the trace would know it: the path of an actor, the name of a group; the same in each run. */
    String name(int index);
}
