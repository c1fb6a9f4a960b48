package dev.peili.testkit;

import dev.peili.testkit.internal.Times;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.testkit.typed.FishingOutcome;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * An actor that keeps what it is told for the test: Pekko's {@code TestProbe}, but where that waits for a message this one
 * lets the simulation run, and its time-outs are virtual.
 *
 * <p>Whoever expects nothing in particular of time waits for as long as {@code
 * pekko.actor.testkit.typed.single-expect-default} says, or for no message as {@code expect-no-message-default} does.
 *
 * @param <M> what it can be told
 */
public final class SimulatedProbe<M> {
    /** Has the probe watch an actor; not for the test to receive. */
    private record Watch(ActorRef<?> actor) {}

    private final Simulation simulation;
    private final String name;
    private final Deque<M> messages = new ArrayDeque<>();
    private final Set<ActorRef<?>> terminated = new HashSet<>();
    private final ActorRef<Object> ref;

    private SimulatedProbe(Simulation simulation, String name) {
        this.simulation = simulation;
        this.name = name;
        this.ref = simulation.spawn(behavior(), name);
        simulation.isProbe(ref);
    }

    static <M> SimulatedProbe<M> create(Simulation simulation, String name) {
        return new SimulatedProbe<>(simulation, name);
    }

    private Behavior<Object> behavior() {
        return Behaviors.setup(context -> Behaviors.receive(Object.class)
                .onMessage(Watch.class, watch -> {
                    context.watch(watch.actor());
                    return Behaviors.same();
                })
                .onAnyMessage(message -> {
                    keep(message);
                    return Behaviors.same();
                })
                .onSignal(Terminated.class, ended -> {
                    terminated.add(ended.getRef());
                    return Behaviors.same();
                })
                .build());
    }

    @SuppressWarnings("unchecked")
    private void keep(Object message) {
        // The ref that tests are given accepts nothing else.
        messages.add((M) message);
    }

    /** What is to be told. */
    public ActorRef<M> ref() {
        return ref.unsafeUpcast().narrow();
    }

    /** The same as {@link #ref()}. */
    public ActorRef<M> getRef() {
        return ref();
    }

    // --- Messages ---------------------------------------------------------------------------------------------------

    /** Runs until there is a message, and takes it. */
    public M receiveMessage() {
        return receiveMessage(simulation.expectTimeout());
    }

    /** Runs until there is a message, for at most this span of virtual time, and takes it. */
    public M receiveMessage(Duration max) {
        return take(max, "a message");
    }

    private M take(Duration max, String expected) {
        if (!runUntil(() -> !messages.isEmpty(), max)) {
            throw simulation.failure(name + " expected " + expected + " within " + Times.text(max) + ", got nothing");
        }
        return messages.remove();
    }

    /** Runs until there is a message, and takes it; it must equal this one. */
    public <T extends M> T expectMessage(T expected) {
        return expectMessage(simulation.expectTimeout(), expected);
    }

    /** The same, for at most this span of virtual time. */
    public <T extends M> T expectMessage(Duration max, T expected) {
        return expectMessage(max, "", expected);
    }

    /** The same; the hint is told if it fails. */
    public <T extends M> T expectMessage(Duration max, String hint, T expected) {
        String prefix = hint.isEmpty() ? "" : hint + ": ";
        M message = take(max, prefix + expected);
        if (!expected.equals(message)) {
            throw new AssertionError(prefix + name + " expected " + expected + ", got " + message);
        }
        return expected;
    }

    /** Runs until there is a message, and takes it; it must be of this class. */
    public <T extends M> T expectMessageClass(Class<T> type) {
        return expectMessageClass(type, simulation.expectTimeout());
    }

    /** The same, for at most this span of virtual time. */
    public <T extends M> T expectMessageClass(Class<T> type, Duration max) {
        M message = take(max, "a " + type.getSimpleName());
        if (!type.isInstance(message)) {
            throw new AssertionError(name + " expected a " + type.getSimpleName() + ", got " + message);
        }
        return type.cast(message);
    }

    /** Runs until there are so many messages, and takes them. */
    public List<M> receiveSeveralMessages(int count) {
        return receiveSeveralMessages(count, simulation.expectTimeout());
    }

    /** The same, for at most this span of virtual time for all of them. */
    public List<M> receiveSeveralMessages(int count, Duration max) {
        if (!runUntil(() -> messages.size() >= count, max)) {
            throw simulation.failure(
                    name + " expected " + count + " messages within " + Times.text(max) + ", got " + messages.size());
        }
        List<M> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(messages.remove());
        }
        return taken;
    }

    /** Runs for a while, in which no message may come. */
    public void expectNoMessage() {
        expectNoMessage(simulation.expectNoMessageTime());
    }

    /** Runs for this span of virtual time, in which no message may come. */
    public void expectNoMessage(Duration span) {
        if (runUntil(() -> !messages.isEmpty(), span)) {
            throw new AssertionError(name + " expected no message, got " + messages.peek());
        }
    }

    /** Takes one message after the other until the fisher says that it is enough, and returns those that it collected. */
    public List<M> fishForMessage(Duration max, Function<M, FishingOutcome> fisher) {
        return fishForMessage(max, "", fisher);
    }

    /** The same; the hint is told if it fails. */
    public List<M> fishForMessage(Duration max, String hint, Function<M, FishingOutcome> fisher) {
        String prefix = hint.isEmpty() ? "" : hint + ": ";
        long end = simulation.after(max);
        List<M> collected = new ArrayList<>();
        while (true) {
            M message = take(Duration.ofNanos(end).minus(simulation.now()), prefix + "something to fish for");
            FishingOutcome outcome = fisher.apply(message);
            if (outcome == FishingOutcomes.complete()) {
                collected.add(message);
                return collected;
            } else if (outcome == FishingOutcomes.continueAndCollect()) {
                collected.add(message);
            } else if (outcome != FishingOutcomes.continueAndIgnore()) {
                throw new AssertionError(prefix + outcome);
            }
        }
    }

    // --- Other ------------------------------------------------------------------------------------------------------

    /** Runs until the actor has terminated. */
    public void expectTerminated(ActorRef<?> actor) {
        expectTerminated(actor, simulation.expectTimeout());
    }

    /** The same, for at most this span of virtual time. */
    public void expectTerminated(ActorRef<?> actor, Duration max) {
        ref.tell(new Watch(actor));
        if (!runUntil(() -> terminated.contains(actor), max)) {
            throw simulation.failure(actor.path() + " has not terminated within " + Times.text(max));
        }
    }

    /** Runs until the assertion holds, and returns its value. It is tried after each step. */
    public <A> A awaitAssert(Supplier<A> assertion) {
        return awaitAssert(simulation.expectTimeout(), assertion);
    }

    /** The same, for at most this span of virtual time. */
    public <A> A awaitAssert(Duration max, Supplier<A> assertion) {
        Attempts<A> attempts = new Attempts<>(assertion);
        if (!runUntil(attempts, max)) {
            throw attempts.last;
        }
        return attempts.value.get(0);
    }

    private static final class Attempts<A> implements BooleanSupplier {
        private final Supplier<A> assertion;
        private final List<A> value = new ArrayList<>(1);
        private AssertionError last = new AssertionError("never tried");

        Attempts(Supplier<A> assertion) {
            this.assertion = assertion;
        }

        @Override
        public boolean getAsBoolean() {
            try {
                value.add(assertion.get());
                return true;
            } catch (AssertionError e) {
                last = e;
                return false;
            }
        }
    }

    /** How many messages wait to be taken; runs nothing. */
    public int size() {
        return messages.size();
    }

    private boolean runUntil(BooleanSupplier condition, Duration max) {
        long end = simulation.after(max);
        boolean holds = simulation.runUntil(condition, end);
        if (!holds) {
            simulation.passTimeTo(end);
        }
        return holds;
    }
}
