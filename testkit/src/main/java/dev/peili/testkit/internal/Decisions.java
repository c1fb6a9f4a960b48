package dev.peili.testkit.internal;

import dev.peili.actors.internal.agenda.Chooser;
import dev.peili.testkit.Choice;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Asks the strategy of the running schedule; while none runs, what comes first goes first. */
final class Decisions implements Chooser {
    /** The one choice there is at a time. */
    private static final class Pending implements Choice {
        private Kind kind = Kind.STEP;
        private int size;
        private IntFunction<String> names = Decisions::atCheckpoint;

        @Override
        public Kind kind() {
            return kind;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public String name(int index) {
            return names.apply(index);
        }
    }

    private final Consumer<Throwable> onFailure;
    private final Pending pending = new Pending();
    private Strategies.@Nullable Session session;

    /** @param onFailure hears of a strategy that does not choose */
    Decisions(Consumer<Throwable> onFailure) {
        this.onFailure = onFailure;
    }

    void begin(Strategies.Session begun) {
        session = begun;
    }

    void end() {
        session = null;
    }

    int nextStep(int size, IntFunction<String> names) {
        return choose(Choice.Kind.STEP, size, names);
    }

    int sender(int size, IntFunction<String> names) {
        return choose(Choice.Kind.SENDER, size, names);
    }

    private static String atCheckpoint(int index) {
        return index == 0 ? "go on" : "let others run";
    }

    /** Where no schedule runs all is being stopped, and the turn may wait for somebody who has to be stopped first. */
    boolean switchNow() {
        return session == null || choose(Choice.Kind.CHECKPOINT, 2, Decisions::atCheckpoint) == 1;
    }

    boolean yieldNow() {
        return choose(Choice.Kind.CHECKPOINT, 2, Decisions::atCheckpoint) == 1;
    }

    @Override
    public int choose(int count, IntFunction<Object> subject) {
        return choose(Choice.Kind.IN_GROUPS, count, i -> String.valueOf(subject.apply(i)));
    }

    private int choose(Choice.Kind kind, int size, IntFunction<String> names) {
        Strategies.Session now = session;
        if (now == null || size == 1) {
            return 0;
        }
        pending.kind = kind;
        pending.size = size;
        pending.names = names;
        try {
            int chosen = now.strategy().choose(pending);
            return Objects.checkIndex(chosen, size);
        } catch (IndexOutOfBoundsException e) {
            onFailure.accept(new IndexOutOfBoundsException("the strategy " + now.strategy() + " chose badly at " + kind
                    + ", where it had the choice of " + size + ": " + e.getMessage()));
        } catch (RuntimeException | Error e) {
            onFailure.accept(e);
        }
        // The schedule ends with this step; thrown here, a turn could take it for its own failure.
        return 0;
    }

    /** How long the step that has just ended took, in nanoseconds. */
    long turnTime() {
        return session == null || session.turnTime() == 0 ? 0 : session.random().nextLong(session.turnTime() + 1);
    }

    /** Where no schedule runs, numbers that are always the same. */
    RandomGenerator random() {
        return session == null ? Strategies.NO_RANDOM : session.random();
    }
}
