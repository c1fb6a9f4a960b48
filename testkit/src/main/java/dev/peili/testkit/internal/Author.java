package dev.peili.testkit.internal;

import org.apache.pekko.actor.ActorRef;
import org.jspecify.annotations.Nullable;

/** Who does something and sends messages: an actor, a group's tasks of one category, a timer, the test. */
final class Author {
    private static final String USER = "/user/";
    private static final String SYSTEM = "/system/";

    /** What was made first comes first. Among what is to be chosen from, authors are sorted by it. */
    private int number;

    private final @Nullable ActorRef actor;
    private @Nullable String name;
    private @Nullable String group;
    private boolean probe;
    private boolean over;

    private Author(int number, @Nullable ActorRef actor, @Nullable String name) {
        this.number = number;
        this.actor = actor;
        this.name = name;
    }

    static Author named(int number, String name) {
        return new Author(number, null, name);
    }

    static Author of(int number, ActorRef actor) {
        return new Author(number, actor, null);
    }

    int number() {
        return number;
    }

    void number(int changed) {
        number = changed;
    }

    /** The path of the actor, or what else it is known by; the same in each run. */
    String name() {
        String known = name;
        if (known == null && actor != null) {
            known = nameOf(actor.path().toStringWithoutAddress());
            name = known;
        }
        return String.valueOf(known);
    }

    private static String nameOf(String path) {
        if (path.startsWith(USER)) {
            return path.substring(USER.length());
        }
        // TestKit counts its probes from schedule to schedule.
        int number = path.lastIndexOf('-');
        boolean isProbe = path.startsWith(SYSTEM) && number > 0 && isNumber(path.substring(number + 1));
        return isProbe && path.indexOf('/', SYSTEM.length()) < 0 ? path.substring(0, number) : path;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(Character::isDigit);
    }

    /** The group it belongs to, or "". */
    String group() {
        return group == null ? "" : group;
    }

    boolean isProbe() {
        return probe;
    }

    void isProbe(boolean now) {
        probe = now;
    }

    /** Whether it is an actor that has ended. */
    boolean isOver() {
        return over;
    }

    void end() {
        over = true;
    }

    Author in(String itsGroup) {
        group = itsGroup;
        return this;
    }

    @Override
    public String toString() {
        return name();
    }
}
