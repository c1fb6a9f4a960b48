package dev.peili.actors.internal.dispatch;

import com.typesafe.config.Config;
import dev.peili.actors.internal.agenda.Agenda;
import dev.peili.actors.internal.agenda.Entry;
import dev.peili.actors.internal.agenda.Joint;
import dev.peili.actors.internal.agenda.Limits;
import dev.peili.actors.internal.agenda.Node;
import dev.peili.actors.internal.agenda.Signals;
import dev.peili.actors.internal.agenda.Work;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * Who runs the turns of groups, and how actors and tasks get there: the threads of {@link Workers}, or whoever wants to
 * run all of them one by one. Thread-safe, unless a pool says otherwise.
 */
public abstract class GroupPool implements Signals {
    private final Map<String, Membership> memberships = new ConcurrentHashMap<>();
    /** Tells the memberships of this pool from those of another actor system's. */
    private final String nonce = UUID.randomUUID().toString();

    private final AtomicLong lastMembership = new AtomicLong();

    /** What decides. */
    public abstract Agenda agenda();

    /** Has this run before the agenda is replaced by a new one, if it ever is: its groups have come to their end. */
    public abstract void beforeRenewal(Runnable endOfGroups);

    /** Queues the work. Any thread. */
    public abstract Entry enqueue(Work work);

    /** Queues work that affects several groups. Any thread. */
    public final Entry enqueue(Joint joint) {
        return agenda().enqueue(joint);
    }

    /** Where work goes that is in no group. */
    final Node pool() {
        return agenda().pool();
    }

    /** The time that has passed since some moment, in nanoseconds. */
    public abstract long nanoTime();

    /** A random number from 0 to less than 1. */
    public abstract double random();

    /** How many turns were paused so far, by a turn on top or by handing over. */
    public abstract long pauses();

    /** Has turns watched from now on that keep their thread for long; they are looked at by this executor. Any thread. */
    public abstract void watch(Executor executor, TurnReports reports);

    /** Keeps the pool for as long as there is a user. */
    public abstract void retain();

    /** Lets the pool end when there is nothing more to do, if this was the last user. */
    public abstract void release();

    /** Makes the queue of an actor. */
    protected GroupMessageQueue newQueue(Membership membership, int lane, ActorRef actor) {
        return new GroupMessageQueue(membership, lane, actor);
    }

    /** Makes a membership known to the mailboxes, and returns the key to find it by. */
    public final String register(Membership membership) {
        String key = nonce + "/" + lastMembership.incrementAndGet();
        memberships.put(key, membership);
        return key;
    }

    /** Forgets a membership. */
    public final void unregister(String key) {
        memberships.remove(key);
    }

    /** The membership of this key; null if it is over. */
    final @Nullable Membership membership(String key) {
        if (!key.startsWith(nonce)) {
            throw new IllegalArgumentException("the props are of a group of another actor system");
        }
        return memberships.get(key);
    }

    /** The bounds that the section of a dispatcher sets, checked. */
    public static Limits limits(Config section) {
        return DispatcherSettings.of(section).limits();
    }

    /** What a dispatcher's configurator has where its actors can belong to groups. */
    public interface Provider {
        /** The pool behind the dispatcher. */
        GroupPool pool();
    }
}
