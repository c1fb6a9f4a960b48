package dev.peili.testkit.internal;

import dev.peili.actors.internal.agenda.Work;
import org.apache.pekko.dispatch.Mailbox;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running step, and those that it runs on top of. */
final class Steps {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final Timers timers;
    private final Authors authors;
    private final Decisions decisions;
    private final Tracer tracer;
    private final Strays strays;

    /** How many there have been; read by the {@link BlockWatch}. */
    private volatile long count;

    private int depth;
    /** The number of the running step, which is not the last one while others run on top of it. */
    private long number;

    private Author author = Authors.OUTSIDE;
    /** What the running step does, as the {@link Tracer} has it; null where it is not known yet. */
    private @Nullable Object what;
    /** Who has sent the message that the running step handles. */
    private @Nullable Author from;

    private @Nullable Work work;
    /** Whether a step found the thread interrupted. */
    private boolean interrupted;
    /** With what the schedule was made to fail. */
    private @Nullable Throwable failure;

    Steps(Timers timers, Authors authors, Decisions decisions, Tracer tracer, Strays strays) {
        this.timers = timers;
        this.authors = authors;
        this.decisions = decisions;
        this.tracer = tracer;
        this.strays = strays;
    }

    /** A schedule begins. */
    void reset() {
        count = 0;
        number = 0;
        author = Authors.OUTSIDE;
        interrupted = false;
        failure = null;
    }

    // --- Running ----------------------------------------------------------------------------------------------------

    /** Runs a mailbox or a callback that is in no group. */
    void run(ReadyList.Ready entry) {
        perform(entry.author, null, entry.runnable, subjectOf(entry.runnable, Tracer.kindOf(entry.runnable)));
    }

    /** Runs the turn that an agenda has opened. */
    void run(Work opened) {
        perform(authors.of(opened), opened, opened::run, subjectOf(opened.runnable(), opened.name()));
    }

    /** Fires the timer. */
    void run(Timers.Timer timer) {
        perform(timer.author, null, () -> timers.fire(timer), timer.ask == null ? Tracer.TIMER : Tracer.TIMEOUT);
    }

    /** What a step of a mailbox does is known when it takes a message, but for signals. */
    private static @Nullable Object subjectOf(@Nullable Runnable runnable, Object otherwise) {
        return runnable instanceof Mailbox mailbox ? Signals.of(mailbox) : otherwise;
    }

    private void perform(Author who, @Nullable Work opened, Runnable body, @Nullable Object doing) {
        Author authorBefore = author;
        Work workBefore = work;
        Object whatBefore = what;
        Author fromBefore = from;
        long numberBefore = number;
        author = who;
        work = opened;
        what = doing;
        from = null;
        depth++;
        number = count + 1;
        count = number;
        String group = opened == null ? who.group() : Authors.nameOf(opened.owner());
        Tracer.Entry entry = tracer.begin(number, timers.now(), who, group, depth);
        try {
            runSafely(body);
        } finally {
            tracer.end(entry, what, from);
            depth--;
            author = authorBefore;
            work = workBefore;
            what = whatBefore;
            from = fromBefore;
            number = numberBefore;
        }
        long took = decisions.turnTime();
        if (took > 0) {
            timers.passTo(timers.now() + took);
        }
    }

    /** Runs what keeps the simulation itself going, as nobody's step. */
    void runChore(ReadyList.Ready chore) {
        Author before = author;
        author = chore.author;
        runSafely(chore.runnable);
        author = before;
    }

    private void runSafely(Runnable body) {
        try {
            body.run();
        } catch (Throwable thrown) {
            // Pekko and the groups handle what an actor or a task throws; this is a callback's, or fatal.
            if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) {
                throw fatal;
            } else if (thrown instanceof Error) {
                fail(thrown);
            } else {
                LOG.error("Uncaught in a simulated step", thrown);
            }
        } finally {
            interrupted |= Thread.interrupted() && strays.obstacle() == null;
        }
    }

    /** Makes the schedule fail; only the first failure counts. */
    void fail(Throwable cause) {
        failure = failure == null ? cause : failure;
    }

    // --- What runs --------------------------------------------------------------------------------------------------

    @Nullable
    Throwable failure() {
        return failure;
    }

    boolean wasInterrupted() {
        return interrupted;
    }

    long count() {
        return count;
    }

    int depth() {
        return depth;
    }

    /** Who sends what is sent now. */
    Author author() {
        return author;
    }

    /** The running turn of a group; null outside of one. */
    @Nullable
    Work work() {
        return work;
    }

    /** Whether signals are handled, and so no message. */
    boolean handlesSignals() {
        return depth > 0 && what instanceof Signals;
    }

    /** A message is about to be handled. */
    void handles(Object message, Author sender) {
        if (depth > 0) {
            what = Tracer.kindOf(message);
            from = sender;
        }
    }

    /** An ask that is made now. */
    Ask newAsk() {
        return new Ask(number, Tracer.describe(what));
    }
}
