package dev.peili.examples.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.StackTrace;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/** Has Flight Recorder record every turn of the runs on Peili; each run is in a temporary file until this is closed. */
final class TurnRecorder implements Trial.Recorder, AutoCloseable {
    static final String TURN = "dev.peili.Turn";
    static final String PAUSE = "dev.peili.Pause";

    private final List<Take> takes = new ArrayList<>();
    private @Nullable Recording recording;
    private @Nullable Contender contender;
    private List<Stage.Group> groups = List.of();

    /**
     * A run that has been recorded.
     *
     * @param groups all its groups, those of each tab together
     * @param file what Flight Recorder has recorded
     */
    record Take(Contender contender, List<Stage.Group> groups, Path file) {
        /** Takes one event. */
        interface Reader {
            void read(RecordedEvent event) throws IOException;
        }

        /** Hands on every turn and every pause, in no particular order, one after the other. */
        void forEach(Reader reader) throws IOException {
            try (RecordingFile events = new RecordingFile(file)) {
                while (events.hasMoreEvents()) {
                    RecordedEvent event = events.readEvent();
                    String type = event.getEventType().getName();
                    if (type.equals(TURN) || type.equals(PAUSE)) {
                        reader.read(event);
                    }
                }
            }
        }
    }

    /**
     * Marks the beginning of a run.
     *
     * <p>Flight Recorder writes a string of more than 16 characters once for all events that have it. JDK 17 finds out that
     * a new recording needs it again when an event comes from a thread that was in an earlier one. The threads of an actor
     * system were not; the one that begins the runs was.
     */
    @Name("dev.peili.examples.Run")
    @Label("Run")
    @StackTrace(false)
    private static final class RunEvent extends Event {}

    @Override
    public void begin(Contender next) {
        if (next.isPeili()) {
            Recording started = new Recording();
            started.enable(TURN).withThreshold(Duration.ZERO);
            started.enable(PAUSE).withThreshold(Duration.ZERO);
            started.start();
            new RunEvent().commit();
            recording = started;
            contender = next;
        }
    }

    @Override
    public void opened(List<Stage.Group> opened) {
        groups = opened;
    }

    @Override
    public void end() {
        Recording ended = recording;
        Contender recorded = contender;
        recording = null;
        if (ended != null && recorded != null) {
            try (ended) {
                ended.stop();
                Path file = Files.createTempFile("peili-", ".jfr");
                takes.add(new Take(recorded, groups, file));
                ended.dump(file);
            } catch (IOException e) {
                throw new UncheckedIOException("what was recorded of " + recorded + " is lost: " + e.getMessage(), e);
            }
        }
    }

    /** The runs that have been recorded so far. */
    List<Take> takes() {
        return List.copyOf(takes);
    }

    @Override
    public void close() {
        for (Take take : takes) {
            try {
                Files.deleteIfExists(take.file());
            } catch (IOException e) {
                // A temporary file that stays is nothing to lose the results for.
            }
        }
    }
}
