package dev.peili.actors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.StackTrace;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.apache.pekko.actor.typed.ActorSystem;

/** A recording of Peili's events, from its making to its end, and what is in it then. */
final class Recorded implements AutoCloseable {
    static final String TURN = "dev.peili.Turn";
    static final String PAUSE = "dev.peili.Pause";
    static final String REJECTION = "dev.peili.Rejection";
    static final String DEAD_LETTER = "dev.peili.DeadLetter";

    private static final List<String> KINDS = List.of(TURN, PAUSE, REJECTION, DEAD_LETTER);

    private final Recording recording = new Recording();

    /**
     * What the test's own thread says at the beginning of each recording.
     *
     * <p>Flight Recorder writes a string of more than 16 characters once for all events that have it. JDK 17 finds out that a
     * new recording needs it again when an event comes from a thread that was in an earlier one; those of the actor systems
     * were not.
     */
    @Name("dev.peili.test.Begin")
    @StackTrace(false)
    private static final class Begin extends Event {}

    private Recorded() {}

    private Recorded start() {
        recording.start();
        new Begin().commit();
        return this;
    }

    /** Begins to record everything, however short. */
    static Recorded everything() {
        Recorded recorded = new Recorded();
        recorded.recording.enable(TURN).withThreshold(Duration.ZERO);
        recorded.recording.enable(PAUSE).withThreshold(Duration.ZERO);
        return recorded.start();
    }

    /** Begins a recording that has not heard of Peili. */
    static Recorded byDefault() {
        return new Recorded().start();
    }

    /** Begins a recording without these events. */
    static Recorded without(String... events) {
        Recorded recorded = new Recorded();
        for (String event : events) {
            recorded.recording.disable(event);
        }
        return recorded.start();
    }

    /** Ends the recording and returns Peili's events, in the order of their starts. */
    List<RecordedEvent> end() {
        recording.stop();
        try {
            Path file = Files.createTempFile("peili", ".jfr");
            try {
                recording.dump(file);
                return RecordingFile.readAllEvents(file).stream()
                        .filter(event -> KINDS.contains(event.getEventType().getName()))
                        .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                        .toList();
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the recording and returns its events of this kind that threads of this system made. */
    List<RecordedEvent> end(String kind, ActorSystem<?> system) {
        return of(kind, system, end());
    }

    static List<RecordedEvent> of(String kind, ActorSystem<?> system, List<RecordedEvent> events) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(kind))
                .filter(event -> event.getThread().getJavaName().startsWith(system.name() + "-"))
                .toList();
    }

    /** The only one of these events that has this name. */
    static RecordedEvent named(String name, List<RecordedEvent> events) {
        List<RecordedEvent> found = events.stream()
                .filter(event -> event.getString("name").equals(name))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " events named " + name + " in " + events);
        }
        return found.get(0);
    }

    /** Whether the one began and ended within the other. */
    static boolean isWithin(RecordedEvent inner, RecordedEvent outer) {
        return !inner.getStartTime().isBefore(outer.getStartTime())
                && !inner.getEndTime().isAfter(outer.getEndTime());
    }

    @Override
    public void close() {
        recording.close();
    }
}
