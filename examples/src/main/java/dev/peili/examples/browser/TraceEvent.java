package dev.peili.examples.browser;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The part of one event of a Chrome trace that matters here.
 *
 * @param phase the letter that says what kind of event it is ({@code ph})
 * @param name what happened
 * @param thread where it happened
 * @param start when it began, in microseconds of the trace's clock
 * @param duration how long it took, in microseconds; zero for what has no duration
 * @param cpuStart how long its thread had had a processor when it began, in microseconds ({@code tts})
 * @param cpuDuration how long its thread had a processor while it took place, in microseconds ({@code tdur})
 * @param frame the frame that it was for
 * @param dispatched the type of the DOM event that it dispatched
 * @param metadata the value that a metadata event gives to a process or thread
 * @param frames what it tells about frames
 */
record TraceEvent(
        char phase,
        String name,
        ThreadId thread,
        long start,
        long duration,
        OptionalLong cpuStart,
        OptionalLong cpuDuration,
        Optional<String> frame,
        Optional<String> dispatched,
        Optional<String> metadata,
        List<FrameReport> frames) {

    /** A thread of a trace: thread ids are unique within a process only. */
    record ThreadId(long process, long thread) {}

    /** What one event tells about one frame. */
    record FrameReport(String frame, Optional<String> url, Optional<String> parent, OptionalLong process) {}

    boolean isBegin() {
        return phase == 'B';
    }

    boolean isEnd() {
        return phase == 'E';
    }

    /** Whether it is an interval, or an instant, which is how tools write an interval shorter than a microsecond. */
    boolean isWhole() {
        return phase == 'X' || phase == 'I' || phase == 'i';
    }

    long end() {
        return start + duration;
    }

    /**
     * How long its thread had a processor while it took place, in microseconds; where that is not told, its duration.
     *
     * <p>Two clocks tell the two times, and now and then the first is longer than the second, on a virtual machine even by
     * milliseconds. It is cut: a thread cannot have more than one processor.
     */
    long cpu() {
        return Math.min(Math.max(0, cpuDuration.orElse(duration)), duration);
    }

    /** The interval from this begin event to the given end event; either may carry the arguments. */
    TraceEvent until(TraceEvent end) {
        return new TraceEvent(
                'X',
                name,
                thread,
                start,
                Math.max(0, end.start - start),
                cpuStart,
                cpuUntil(end),
                frame.or(end::frame),
                dispatched.or(end::dispatched),
                metadata,
                frames);
    }

    private OptionalLong cpuUntil(TraceEvent end) {
        return cpuStart.isPresent() && end.cpuStart.isPresent()
                ? OptionalLong.of(end.cpuStart.getAsLong() - cpuStart.getAsLong())
                : OptionalLong.empty();
    }
}
