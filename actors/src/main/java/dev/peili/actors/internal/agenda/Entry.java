package dev.peili.actors.internal.agenda;

/** What became of work that was to be queued. */
public enum Entry {
    /** It is queued, and will be run or dropped. */
    ADMITTED,
    /** Its group takes nothing more. */
    CLOSED,
    /** Its lane is full. */
    FULL
}
