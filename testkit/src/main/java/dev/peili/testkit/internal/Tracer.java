package dev.peili.testkit.internal;

import dev.peili.actors.internal.dispatch.Carrier;
import dev.peili.testkit.TraceStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.pekko.actor.typed.internal.AdaptMessage;
import org.apache.pekko.actor.typed.internal.TimerSchedulerImpl;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule did: the last steps as they were, and a hash of all of them. Nothing in it differs between two runs of
 * the same schedule: no uids of actors, no numbers of hidden classes.
 */
public final class Tracer {
    static final Object TIMER = new Label("timer");
    static final Object TIMEOUT = new Label("ask times out");
    private static final Object NOTHING = new Label("(nothing)");

    /** So many steps can be compared one by one. */
    private static final int MOST_HASHES = 1 << 20;

    private record Label(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    /** One step; used again for a later one. */
    static final class Entry {
        private long step;
        private long time;
        private Author author = Authors.OUTSIDE;
        private String group = "";
        private int depth;
        private Object what = NOTHING;
        private @Nullable Author from;
    }

    private Entry[] last = {new Entry()};
    private long count;
    private long hash;
    private long[] hashes = new long[256];

    void reset(int length) {
        if (last.length != length) {
            last = new Entry[length];
            Arrays.setAll(last, i -> new Entry());
        }
        count = 0;
        hash = 0;
    }

    Entry begin(long step, long time, Author author, String group, int depth) {
        Entry entry = last[(int) (count++ % last.length)];
        entry.step = step;
        entry.time = time;
        entry.author = author;
        entry.group = group;
        entry.depth = depth;
        entry.what = NOTHING;
        entry.from = null;
        return entry;
    }

    void end(Entry entry, @Nullable Object what, @Nullable Author from) {
        entry.what = what == null ? NOTHING : what;
        entry.from = from;
        mix(entry.author.name().hashCode());
        mix(entry.group.hashCode());
        mix(hashOf(entry.what));
        mix(from == null ? 0 : from.name().hashCode());
        mix(Long.hashCode(entry.time) * 31 + entry.depth);
        int index = (int) Math.min(count, MOST_HASHES) - 1;
        if (index >= hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * hashes.length);
        }
        hashes[index] = hash;
    }

    private void mix(int more) {
        hash = (hash ^ more) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 32;
    }

    /** What is kept of a message or a callback: its class, so that the trace keeps nothing alive. */
    static Object kindOf(Object what) {
        Object message = Carrier.unwrap(what);
        if (message instanceof AdaptMessage<?, ?> adapted) {
            message = adapted.message();
        }
        if (message instanceof TimerSchedulerImpl.TimerMsg timer) {
            String key = timer.key() instanceof String name
                    ? name
                    : describe(timer.key().getClass());
            return "timer '" + key + "'";
        }
        return message.getClass();
    }

    private static int hashOf(Object what) {
        return what instanceof Class<?> type && !type.isHidden()
                ? type.getName().hashCode()
                : text(what).hashCode();
    }

    /** What a step does, in words. */
    static String describe(@Nullable Object what) {
        return text(what == null ? NOTHING : what);
    }

    private static String text(Object what) {
        if (!(what instanceof Class<?> type)) {
            return what.toString();
        }
        String name = type.getName();
        int lambda = name.indexOf("$$Lambda");
        if (lambda >= 0) {
            name = name.substring(0, lambda) + "$lambda";
        } else if (type.isHidden()) {
            name = name.substring(0, name.indexOf('/'));
        }
        return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
    }

    /** A number that stands for all steps so far and their order. */
    public long hash() {
        return hash;
    }

    /** What is needed to compare this schedule with another one. */
    public Print print() {
        return new Print(count, hash, Arrays.copyOf(hashes, (int) Math.min(count, MOST_HASHES)));
    }

    /** The fingerprint of a schedule. */
    public static final class Print {
        private final long steps;
        private final long hash;
        private final long[] hashes;

        private Print(long steps, long hash, long[] hashes) {
            this.steps = steps;
            this.hash = hash;
            this.hashes = hashes;
        }

        /** How many steps there were. */
        public long steps() {
            return steps;
        }

        /** A number that stands for all steps and their order. */
        public long hash() {
            return hash;
        }

        /** Whether the other schedule had the same steps in the same order. */
        public boolean isSameAs(Print other) {
            return steps == other.steps && hash == other.hash;
        }

        /** Where the two are different, in words. */
        public String difference(Print other) {
            int index = Arrays.mismatch(hashes, other.hashes);
            return index < 0 ? "after step " + MOST_HASHES : "from step " + (index + 1) + " on";
        }
    }

    /** The last steps, the oldest first. */
    public List<TraceStep> last() {
        List<TraceStep> steps = new ArrayList<>();
        for (long i = Math.max(0, count - last.length); i < count; i++) {
            Entry entry = last[(int) (i % last.length)];
            steps.add(new TraceStep(
                    entry.step,
                    Duration.ofNanos(entry.time),
                    entry.group,
                    entry.author.name(),
                    entry.from == null ? "" : entry.from.name(),
                    text(entry.what),
                    entry.depth - 1));
        }
        return steps;
    }
}
