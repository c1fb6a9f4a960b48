package dev.peili.testkit.internal;

import dev.peili.actors.SchedulerGroup;
import dev.peili.actors.internal.agenda.Work;
import dev.peili.actors.internal.dispatch.Membership;
import dev.peili.testkit.internal.ReadyList.Ready;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.dispatch.Mailbox;
import org.jspecify.annotations.Nullable;

/** Who there is, each with a number that is the same whenever the schedule is. Synchronized for the start of the system. */
final class Authors {
    /** The test, and whatever else is not part of a step. */
    static final Author OUTSIDE = Author.named(0, "(test)");

    private static final int CHORES = -1;
    private static final int FIRST = 1;
    /** As Pekko names them: log1-Slf4jLogger. */
    private static final Pattern LOGGERS = Pattern.compile("/system/log\\d+-.*");

    private static final String GUARDIAN = "/user";

    /** A queue that knows whose it is. */
    interface Authored {
        Author author();

        /** What stands for the mailbox among what can run. */
        Ready ready(Mailbox mailbox);
    }

    private final IdentityHashMap<ActorRef, Author> actors = new IdentityHashMap<>();
    private final IdentityHashMap<Mailbox, Ready> otherMailboxes = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Author[]> tasks = new IdentityHashMap<>();
    private int next = FIRST;

    static boolean isChore(Author author) {
        return author.number() == CHORES;
    }

    synchronized Author actor(ActorRef actor) {
        Author author = Author.of(next++, actor);
        String name = author.name();
        if (LOGGERS.matcher(name).matches() || name.equals(GUARDIAN)) {
            author.number(CHORES);
        }
        actors.put(actor, author);
        return author;
    }

    synchronized Author member(ActorRef actor, Membership membership) {
        return actor(actor).in(nameOf(membership.group()));
    }

    /** Who sent what arrives as the end of an actor that is watched. */
    synchronized @Nullable Author find(ActorRef actor) {
        return actors.get(actor);
    }

    /** What stands for it among what can run. */
    synchronized Ready readyOf(Runnable runnable) {
        if (!(runnable instanceof Mailbox mailbox)) {
            return new Ready(Author.named(next++, "(callback)"), runnable);
        }
        if (mailbox.messageQueue() instanceof Authored authored) {
            return authored.ready(mailbox);
        }
        return otherMailboxes.computeIfAbsent(
                mailbox, m -> new Ready(actor(m.actor().self()), m));
    }

    /** Who the turn of a group belongs to. */
    synchronized Author of(Work work) {
        Object owner = work.owner();
        if (work.runnable() instanceof Mailbox || owner == null) {
            return readyOf(Objects.requireNonNull(work.runnable())).author;
        }
        Author[] lanes = tasks.computeIfAbsent(owner, o -> new Author[8]);
        Author author = lanes[work.lane()];
        if (author == null) {
            author = Author.named(next++, "(task)").in(nameOf(owner));
            lanes[work.lane()] = author;
        }
        return author;
    }

    /** The name of a group that something belongs to; "" for none. */
    static String nameOf(@Nullable Object group) {
        return group instanceof SchedulerGroup known ? known.name() : group == null ? "" : group.toString();
    }

    /**
     * All that there is now belongs to the actor system itself, and is numbered by its names: when the system starts, actors
     * are made by several threads, and an extension may start in any schedule.
     */
    synchronized void settle() {
        List<Author> left = actors.values().stream()
                .filter(author -> !author.isOver())
                .sorted(Comparator.comparing(Author::name))
                .toList();
        actors.values().removeIf(Author::isOver);
        next = FIRST;
        for (Author author : left) {
            if (!isChore(author)) {
                author.number(next++);
            }
        }
        otherMailboxes.clear();
        tasks.clear();
    }
}
