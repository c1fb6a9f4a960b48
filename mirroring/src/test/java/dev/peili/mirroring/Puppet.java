package dev.peili.mirroring;

import dev.peili.actors.SchedulerGroup;
import dev.peili.actors.TaskCategory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** An actor whose turns the tests write, one lambda each. */
final class Puppet {
    static final MirrorKey<Do, Integer> NUMBER = MirrorKey.create("number");
    static final MirrorKey<Do, String> TEXT = MirrorKey.create("text");
    static final EventKey<Do, Integer> EVENTS = EventKey.create("events");

    private static final long SECONDS = 10;

    /** What happens in a turn. */
    interface Act<T> {
        T in(Scope scope) throws Exception;
    }

    /** What happens in a turn, without a result. */
    interface Deed {
        void in(Scope scope) throws Exception;
    }

    /** What a turn works with. */
    record Scope(ActorContext<Do> context, Mirroring<Do> mirroring) {}

    /** A message: do this, in a turn. */
    record Do(Deed deed) {}

    /** What makes a turn fail, on purpose. */
    static final class Blunder extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Blunder() {
            super("on purpose");
        }
    }

    private Puppet() {}

    static Behavior<Do> create() {
        return create(scope -> {});
    }

    static Behavior<Do> create(Deed setup) {
        return create(setup, (scope, signal) -> {});
    }

    /** What happens with a signal. */
    interface OnSignal {
        void in(Scope scope, Signal signal);
    }

    static Behavior<Do> create(Deed setup, OnSignal onSignal) {
        return Mirroring.setup((context, mirroring) -> {
            Scope scope = new Scope(context, mirroring);
            perform(setup, scope);
            return Behaviors.receive(Do.class)
                    .onMessage(Do.class, message -> {
                        perform(message.deed(), scope);
                        return Behaviors.same();
                    })
                    .onSignal(Signal.class, signal -> {
                        onSignal.in(scope, signal);
                        return Behaviors.same();
                    })
                    .build();
        });
    }

    private static void perform(Deed deed, Scope scope) {
        try {
            deed.in(scope);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets a turn happen, and waits until it has ended, well or not. */
    static void turn(ActorRef<Do> puppet, Deed deed) {
        puppet.tell(new Do(deed));
        settle(puppet);
    }

    /** Waits until all that was sent to the puppet has been handled. */
    static void settle(ActorRef<Do> puppet) {
        ask(puppet, scope -> true);
    }

    /** Lets a turn happen and returns what it has found. */
    static <T> T ask(ActorRef<Do> puppet, Act<T> act) {
        CompletableFuture<T> result = new CompletableFuture<>();
        puppet.tell(new Do(scope -> {
            try {
                result.complete(act.in(scope));
            } catch (Throwable e) {
                result.completeExceptionally(e);
                throw e;
            }
        }));
        return get(result);
    }

    /** What the turn fails with. */
    static Throwable failure(ActorRef<Do> puppet, Deed deed) {
        CompletableFuture<Throwable> result = new CompletableFuture<>();
        puppet.tell(new Do(scope -> {
            try {
                deed.in(scope);
                result.completeExceptionally(new AssertionError("it did not fail"));
            } catch (Throwable e) {
                result.complete(e);
            }
        }));
        return get(result);
    }

    static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A puppet with mirrors of a number and of a text, which tells the probe what it sees. */
    static final class Viewer {
        final ActorRef<Do> ref;
        final TestProbe<String> seen;
        private final Shown parts = new Shown();

        @SuppressWarnings("NullAway.Init")
        private static final class Shown {
            Mirror<Integer> number;
            Mirror<String> text;
        }

        Viewer(ActorTestKit kit) {
            this(kit, Props.empty());
        }

        Viewer(ActorTestKit kit, SchedulerGroup group) {
            this(kit, group.props(TaskCategory.OTHER));
        }

        private Viewer(ActorTestKit kit, Props props) {
            seen = kit.createTestProbe();
            ref = kit.spawn(behavior(), props);
        }

        private Behavior<Do> behavior() {
            return create(scope -> {
                parts.number = scope.mirroring().mirror(NUMBER, -1);
                parts.text = scope.mirroring().mirror(TEXT, "");
                scope.mirroring().watch(this::report, parts.number, parts.text);
                scope.mirroring().listener(EVENTS, event -> seen.ref().tell("event " + event + " at " + shown()));
            });
        }

        private void report() {
            seen.ref().tell(shown());
        }

        private String shown() {
            String state = parts.number.isConnected() ? "" : " " + parts.number.state();
            return parts.number.get() + parts.text.get() + state;
        }

        Mirror<Integer> number() {
            return parts.number;
        }

        Mirror<String> text() {
            return parts.text;
        }

        /** A message that has it tell the probe what it sees when it handles it. */
        Do look() {
            return new Do(scope -> seen.ref().tell("look " + shown()));
        }
    }

    /** A puppet that owns a number, a text and events, and goes on after a blunder as the strategy says. */
    static final class Owner {
        final ActorRef<Do> ref;
        private final Owned parts = new Owned();

        @SuppressWarnings("NullAway.Init")
        private static final class Owned {
            Canonical<Integer> number;
            Canonical<String> text;
            EventProducer<Integer> events;
        }

        Owner(ActorTestKit kit) {
            this(kit, SupervisorStrategy.resume().withLoggingEnabled(false));
        }

        Owner(ActorTestKit kit, SupervisorStrategy strategy) {
            this(kit, strategy, Props.empty());
        }

        Owner(ActorTestKit kit, SchedulerGroup group) {
            this(kit, SupervisorStrategy.resume().withLoggingEnabled(false), group.props(TaskCategory.OTHER));
        }

        private Owner(ActorTestKit kit, SupervisorStrategy strategy, Props props) {
            ref = kit.spawn(Behaviors.supervise(behavior()).onFailure(Blunder.class, strategy), props);
        }

        private Behavior<Do> behavior() {
            return create(scope -> {
                parts.number = scope.mirroring().canonical("number", 0);
                parts.text = scope.mirroring().canonical("text", "a");
                parts.events = scope.mirroring().producer("events");
            });
        }

        Canonical<Integer> number() {
            return parts.number;
        }

        Canonical<String> text() {
            return parts.text;
        }

        EventProducer<Integer> events() {
            return parts.events;
        }

        /** Lets a turn happen, and waits until it has ended. */
        void turn(Deed deed) {
            Puppet.turn(ref, deed);
        }

        <T> T ask(Act<T> act) {
            return Puppet.ask(ref, act);
        }

        void set(int value) {
            turn(scope -> number().set(value));
        }

        /** Connects both states, and waits until they are there. */
        void connect(Viewer viewer) {
            turn(scope -> {
                number().connect(viewer.ref, NUMBER);
                text().connect(viewer.ref, TEXT);
            });
            viewer.seen.expectMessage(ask(scope -> number().get() + text().get()));
        }
    }
}
