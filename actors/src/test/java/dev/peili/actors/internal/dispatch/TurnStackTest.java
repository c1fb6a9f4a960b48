package dev.peili.actors.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which part of a stack is shown, and which place in it stands for the whole. */
final class TurnStackTest {
    private static final StackTraceElement JOIN =
            new StackTraceElement("", "java.base", "17", "java.util.concurrent.CompletableFuture", "join", "", 1);
    private static final StackTraceElement BODY = frame("com.example.Cart", "total");
    private static final StackTraceElement ENTRY = frame("com.example.Cart", "receive");
    private static final StackTraceElement PEKKO = frame("org.apache.pekko.actor.ActorCell", "invoke");
    private static final StackTraceElement SCALA = frame("scala.runtime.BoxesRunTime", "unboxToInt");
    private static final StackTraceElement CHECKPOINT = frame(Worker.class.getName(), "runOnTop");
    private static final StackTraceElement START = frame(Worker.class.getName(), "runSafely");
    private static final StackTraceElement RUN = frame(Worker.class.getName(), "run");
    private static final StackTraceElement BENEATH = frame("com.example.Indexer", "index");

    private static StackTraceElement frame(String type, String method) {
        return new StackTraceElement(type, method, "File.java", 1);
    }

    @Test
    void stack_endsWhereTheUsersCodeBegins() {
        assertThat(TurnStack.of(JOIN, BODY, PEKKO, ENTRY, PEKKO, SCALA, START, RUN))
                .containsExactly(JOIN, BODY, PEKKO, ENTRY);
    }

    @Test
    void stack_isThatOfTheTurnOnTop() {
        assertThat(TurnStack.of(JOIN, ENTRY, START, CHECKPOINT, BENEATH, START, RUN))
                .containsExactly(JOIN, ENTRY);
    }

    @Test
    void stackOfAPausedTurn_goesOnThroughItsCheckpoint() {
        assertThat(TurnStack.of(CHECKPOINT, BENEATH, PEKKO, START, RUN)).containsExactly(CHECKPOINT, BENEATH);
    }

    @Test
    void stackWithoutUsersCode_isTheTurns() {
        assertThat(TurnStack.of(JOIN, PEKKO, START, BENEATH)).containsExactly(JOIN, PEKKO);
        assertThat(TurnStack.of()).isEmpty();
    }

    @Test
    void framesOfLambdaClasses_areLeftOut() {
        StackTraceElement lambda = frame("com.example.Cart$$Lambda$12/0x00007f1234567890", "run");
        assertThat(TurnStack.of(JOIN, lambda, BODY, lambda, PEKKO, START)).containsExactly(JOIN, BODY);
    }

    @Test
    void place_isTheUsersFrameThatWasEnteredLast() {
        assertThat(TurnStack.place(List.of(JOIN, SCALA, PEKKO, CHECKPOINT, BODY, ENTRY)))
                .isEqualTo(BODY);
        assertThat(TurnStack.place(List.of(JOIN, PEKKO))).isEqualTo(JOIN);
    }

    @Test
    void places_areRememberedByKind_andUpToANumber() {
        Places places = new Places(3);
        assertThat(places.add(SlowTurn.Kind.LONG, "a")).isTrue();
        assertThat(places.add(SlowTurn.Kind.LONG, "a")).isFalse();
        assertThat(places.add(SlowTurn.Kind.BLOCKING, "a")).isTrue();
        assertThat(places.full()).isFalse();
        assertThat(places.add(SlowTurn.Kind.LONG, "b")).isTrue();
        assertThat(places.full()).isTrue();
        assertThat(places.add(SlowTurn.Kind.LONG, "c")).isFalse();
    }
}
