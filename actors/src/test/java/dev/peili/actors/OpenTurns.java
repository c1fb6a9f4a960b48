package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Sees the turns that are led through it, and finds fault with each that is not in the group that it should be in or
 * meets an open turn of a related group (promise G1). Every turn lasts a little, with checkpoints at both ends.
 */
final class OpenTurns {
    /** Guarded by the monitor. */
    private final List<SchedulerGroup> open = new ArrayList<>();

    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    /** The behavior, with all that its actor does led through here: start, messages, signals. */
    <T> Behavior<T> watch(SchedulerGroup group, Class<T> messages, Behavior<T> behavior) {
        return Behaviors.intercept(
                () -> new BehaviorInterceptor<T, T>(messages) {
                    @Override
                    public Behavior<T> aroundStart(TypedActorContext<T> context, PreStartTarget<T> target) {
                        return turn(group, "start", () -> target.start(context));
                    }

                    @Override
                    public Behavior<T> aroundReceive(TypedActorContext<T> context, T message, ReceiveTarget<T> target) {
                        return turn(group, "message " + message, () -> target.apply(context, message));
                    }

                    @Override
                    public Behavior<T> aroundSignal(
                            TypedActorContext<T> context, Signal signal, SignalTarget<T> target) {
                        return turn(group, "signal " + signal, () -> target.apply(context, signal));
                    }
                },
                behavior);
    }

    /** Runs it as the turn that the calling thread should be in. */
    <R> R turn(SchedulerGroup group, String what, Supplier<R> turn) {
        begin(group, what);
        try {
            linger();
            R result = turn.get();
            linger();
            return result;
        } finally {
            end(group, what);
        }
    }

    /** Does this while tasks keep these groups busy that queue themselves again and again. */
    void amidTraffic(List<SchedulerGroup> groups, Runnable body) {
        AtomicBoolean over = new AtomicBoolean();
        groups.forEach(group -> again(over, group));
        try {
            body.run();
        } finally {
            over.set(true);
        }
    }

    private void again(AtomicBoolean over, SchedulerGroup group) {
        if (!over.get()) {
            try {
                group.dispatch("traffic", TaskCategory.OTHER, () -> {
                    turn(group, "traffic", () -> "");
                    again(over, group);
                });
            } catch (RejectedExecutionException e) {
                // The group has been closed, and its traffic ends.
                over.set(true);
            }
        }
    }

    void assertFaultless() {
        assertThat(faults).isEmpty();
    }

    private static void linger() {
        Systems.spin(5_000);
        Turn.checkpoint();
    }

    private void begin(SchedulerGroup group, String what) {
        check(group, what);
        synchronized (this) {
            for (SchedulerGroup other : open) {
                if (other.isRelatedTo(group)) {
                    faults.add(what + " in " + group + " met an open turn of " + other);
                }
            }
            open.add(group);
        }
    }

    private void end(SchedulerGroup group, String what) {
        check(group, what);
        synchronized (this) {
            open.remove(group);
        }
    }

    private void check(SchedulerGroup group, String what) {
        SchedulerGroup current = SchedulerGroup.current().orElse(null);
        if (current != group) {
            faults.add(what + " of " + group + " ran in " + current);
        }
    }
}
