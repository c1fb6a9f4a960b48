package dev.peili.actors.internal.flight;

import static org.assertj.core.api.Assertions.assertThat;

import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;

/** Promise G9: while nobody records turns nothing is done for them, no clock is read. */
final class FlightTest {
    private static final String TURN = "dev.peili.Turn";
    private static final String PAUSE = "dev.peili.Pause";

    @Test
    void noRecording_isNothingToDo() {
        assertThat(Flight.recordsTurns()).isFalse();
        assertThat(Flight.followsTurns()).isFalse();
        assertThat(Flight.stamp()).isEqualTo(Flight.UNKNOWN);
    }

    @Test
    void recordingOfOtherThings_isNothingToDo() {
        try (Recording recording = new Recording()) {
            recording.disable(TURN);
            recording.disable(PAUSE);
            recording.start();
            noRecording_isNothingToDo();
        }
    }

    @Test
    void recordingOfPauses_followsTurns_withoutAClock() {
        try (Recording recording = new Recording()) {
            recording.disable(TURN);
            recording.start();
            assertThat(Flight.followsTurns()).isTrue();
            assertThat(Flight.stamp()).isEqualTo(Flight.UNKNOWN);
        }
    }

    @Test
    void recordingOfTurns_isOverWhenItIsOver() {
        try (Recording recording = new Recording()) {
            recording.start();
            assertThat(Flight.recordsTurns()).isTrue();
            assertThat(Flight.followsTurns()).isTrue();
            long before = System.nanoTime();
            assertThat(Flight.stamp()).isBetween(before, System.nanoTime());
        }
        noRecording_isNothingToDo();
    }
}
