package dev.peili.ipc;

/**
 * Something that a puppet, or a whole side, does.
 *
 * @param name of the actor that it is done to, or of a group
 * @param target of this side's half; empty is none
 * @param far what the constructor tells the other side about the target of its half
 * @param from the first number that is sent
 * @param count how many
 */
record Deed(Kind kind, String name, String target, String far, int from, int count) implements Scripted {
    enum Kind {
        // In a turn of a puppet.
        CONSTRUCT,
        /** Makes an actor, and keeps it for later. */
        MAKE,
        SET_TARGET,
        SEND_CONSTRUCTOR,
        SEND,
        DELETE,
        FAIL,
        STOP,
        // By the side.
        SUSPEND,
        RESUME,
        CLOSE_TAB,
        CLOSE_CHANNEL,
        STOP_OPENER,
        SNAPSHOT,
        /** Reports once more how an actor has ended. */
        RECALL,
        /** Sets the target of an actor that is kept, outside of its manager's turns. */
        SET_TARGET_ELSEWHERE
    }

    private static Deed of(Kind kind, String name, String target, String far) {
        return new Deed(kind, name, target, far, 0, 0);
    }

    static Deed construct(String name, String target, String far) {
        return of(Kind.CONSTRUCT, name, target, far);
    }

    static Deed construct(String name) {
        return construct(name, "", "");
    }

    static Deed make(String name) {
        return of(Kind.MAKE, name, "", "");
    }

    static Deed setTarget(String name, String target) {
        return of(Kind.SET_TARGET, name, target, "");
    }

    static Deed sendConstructor(String name, String far) {
        return of(Kind.SEND_CONSTRUCTOR, name, "", far);
    }

    static Deed send(int from, int count) {
        return new Deed(Kind.SEND, "", "", "", from, count);
    }

    static Deed delete() {
        return of(Kind.DELETE, "", "", "");
    }

    static Deed fail() {
        return of(Kind.FAIL, "", "", "");
    }

    static Deed stop() {
        return of(Kind.STOP, "", "", "");
    }

    static Deed suspend(String group) {
        return of(Kind.SUSPEND, group, "", "");
    }

    static Deed resume(String group) {
        return of(Kind.RESUME, group, "", "");
    }

    static Deed closeTab(String group) {
        return of(Kind.CLOSE_TAB, group, "", "");
    }

    static Deed closeChannel() {
        return of(Kind.CLOSE_CHANNEL, "", "", "");
    }

    static Deed stopOpener() {
        return of(Kind.STOP_OPENER, "", "", "");
    }

    static Deed snapshot() {
        return of(Kind.SNAPSHOT, "", "", "");
    }

    static Deed recall(String actor) {
        return of(Kind.RECALL, actor, "", "");
    }

    static Deed setTargetElsewhere(String name, String target) {
        return of(Kind.SET_TARGET_ELSEWHERE, name, target, "");
    }
}
