package dev.peili.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** A trace that the program wrote, read as a viewer does. */
public final class TurnTrace {
    private final Map<Integer, String> processes = new TreeMap<>();
    private final Map<Integer, String> rows = new TreeMap<>();
    private final List<Slice> slices = new ArrayList<>();

    /**
     * A complete event.
     *
     * @param row the name of its thread
     * @param start in nanoseconds, as is the duration
     */
    public record Slice(
            int process, String row, String name, String category, long start, long duration, Map<?, ?> args) {
        public long end() {
            return start + duration;
        }

        public boolean isPause() {
            return name.equals("paused");
        }

        /** A time among its arguments, in nanoseconds. */
        public long nanos(String argument) {
            return TurnTrace.nanos(args.get(argument));
        }
    }

    private TurnTrace() {}

    public static TurnTrace read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            in.mark(2);
            boolean packed = in.read() == 0x1f && in.read() == 0x8b;
            in.reset();
            assertThat(packed).isEqualTo(file.toString().endsWith(".gz"));
            return read(packed ? new GZIPInputStream(in) : in);
        }
    }

    public static TurnTrace read(InputStream in) throws IOException {
        Map<?, ?> all = JsonText.read(in);
        assertThat(all.get("displayTimeUnit")).isEqualTo("ms");
        List<?> events = JsonText.list(all.get("traceEvents"));
        TurnTrace trace = new TurnTrace();
        events.forEach(event -> trace.addName(JsonText.object(event)));
        events.forEach(event -> trace.addSlice(JsonText.object(event)));
        return trace;
    }

    private void addName(Map<?, ?> event) {
        if (Objects.equals(event.get("ph"), "M")) {
            Map<?, ?> args = JsonText.object(event.get("args"));
            String kind = (String) Objects.requireNonNull(event.get("name"));
            if (kind.equals("process_name")) {
                assertThat(processes.put(number(event, "pid"), "" + args.get("name")))
                        .isNull();
            } else if (kind.equals("thread_name")) {
                assertThat(rows.put(number(event, "tid"), "" + args.get("name")))
                        .isNull();
            } else {
                assertThat(number(args, "sort_index")).isEqualTo(number(event, "tid"));
            }
        }
    }

    private void addSlice(Map<?, ?> event) {
        if (!Objects.equals(event.get("ph"), "M")) {
            assertThat(event.get("ph")).isEqualTo("X");
            int process = number(event, "pid");
            assertThat(processes).containsKey(process);
            slices.add(new Slice(
                    process,
                    Objects.requireNonNull(rows.get(number(event, "tid")), "a thread with a name"),
                    (String) Objects.requireNonNull(event.get("name")),
                    (String) Objects.requireNonNull(event.get("cat")),
                    nanos(event.get("ts")),
                    nanos(event.get("dur")),
                    JsonText.object(event.get("args"))));
        }
    }

    private static int number(Map<?, ?> of, String key) {
        return (Integer) Objects.requireNonNull(of.get(key));
    }

    private static long nanos(@org.jspecify.annotations.Nullable Object micros) {
        return Math.round(((Number) Objects.requireNonNull(micros)).doubleValue() * 1_000);
    }

    /** The names of its processes, in their order. */
    public List<String> processes() {
        return List.copyOf(processes.values());
    }

    /** The names of its rows, in their order. */
    public List<String> rows() {
        return List.copyOf(rows.values());
    }

    /** Every turn with its pauses, after a look at whether they lie as they should. */
    public Map<Slice, List<Slice>> turns() {
        Map<Slice, List<Slice>> turns = new LinkedHashMap<>();
        for (List<Slice> row : byRow()) {
            Slice turn = null;
            long free = Long.MIN_VALUE;
            for (Slice slice : row) {
                assertThat(slice.start()).as("%s on %s", slice, turn).isGreaterThanOrEqualTo(free);
                if (slice.isPause()) {
                    assertThat(turn).as("the turn of %s", slice).isNotNull();
                    assertThat(slice.end())
                            .as("%s on %s", slice, turn)
                            .isLessThanOrEqualTo(Objects.requireNonNull(turn).end());
                    Objects.requireNonNull(turns.get(turn)).add(slice);
                    free = slice.end();
                } else {
                    assertThat(turn == null || turn.end() <= slice.start())
                            .as("%s after %s", slice, turn)
                            .isTrue();
                    turn = slice;
                    turns.put(slice, new ArrayList<>());
                    free = slice.start();
                }
            }
        }
        return turns;
    }

    private List<List<Slice>> byRow() {
        Map<String, List<Slice>> byRow = new LinkedHashMap<>();
        slices.stream()
                .sorted(Comparator.comparingLong(Slice::start).thenComparing(Slice::isPause))
                .forEach(slice -> byRow.computeIfAbsent(slice.process() + slice.row(), row -> new ArrayList<>())
                        .add(slice));
        return List.copyOf(byRow.values());
    }
}
