package dev.peili.ipc;

/**
 * What has happened on one side.
 *
 * @param actor to which of its actors; empty is the side itself
 * @param target in which event target; empty is outside of groups
 */
record Event(Side side, String actor, String what, String target) implements Scripted {
    @Override
    public String toString() {
        return side + " " + actor + " " + what + " in " + target;
    }
}
