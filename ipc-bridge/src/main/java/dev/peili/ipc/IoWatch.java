package dev.peili.ipc;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.ExecutionContext;
import scala.util.control.NonFatal;

/** Calls a top-level protocol's code on the I/O dispatcher, and reports what takes too long there. */
final class IoWatch {
    private static final Logger LOG = LoggerFactory.getLogger(IoWatch.class);

    private final ActorSystem<?> system;
    private final TopLevelProtocol<?> top;
    private final Duration limit;
    private final ExecutionContext reporter;

    IoWatch(ActorSystem<?> system, TopLevelProtocol<?> top, Duration limit) {
        this.system = system;
        this.top = top;
        this.limit = limit;
        // The default dispatcher may be what the code waits for.
        this.reporter = system.dispatchers().lookup(DispatcherSelector.fromConfig("pekko.actor.internal-dispatcher"));
    }

    /** Calls it; if it takes too long, that is reported while it does. */
    <T> T call(String method, Supplier<T> code) {
        Thread caller = Thread.currentThread();
        Cancellable alarm = system.scheduler().scheduleOnce(limit, () -> report(method, caller), reporter);
        try {
            return checked(method, code);
        } finally {
            alarm.cancel();
        }
    }

    /** Calls what is called for every message; if it has taken too long, that is reported when it is done. */
    <T> T callOften(String method, Supplier<T> code) {
        long begin = System.nanoTime();
        try {
            return checked(method, code);
        } finally {
            long nanos = System.nanoTime() - begin;
            if (nanos >= limit.toNanos()) {
                warn(method, nanos / 1_000_000, "");
            }
        }
    }

    private <T> T checked(String method, Supplier<T> code) {
        try {
            return Objects.requireNonNull(code.get(), () -> method + " of " + top + " returns null");
        } catch (Error e) {
            // An assertion, say, is the user's failure as any other; it must not end this endpoint.
            if (!NonFatal.apply(e)) {
                throw e;
            }
            throw new IllegalStateException(e);
        }
    }

    private void report(String method, Thread caller) {
        String stack = Arrays.stream(caller.getStackTrace())
                .map(frame -> "\n\tat " + frame)
                .collect(Collectors.joining());
        warn(method, limit.toMillis(), ":" + stack);
    }

    private void warn(String method, long millis, String stack) {
        LOG.warn(
                "{} of {} has kept a thread of the I/O dispatcher for {} ms (peili.ipc.blocking-after); it holds up its"
                        + " channel, and must not block{}",
                method,
                top,
                millis,
                stack);
    }
}
