package dev.peili.testkit;

import dev.peili.actors.TaskCategory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apache.pekko.actor.Cancellable;

/** All the ways to dispatch a task, each of which is entered into the books. */
final class Dispatches {
    private static final int LONGEST_DELAY = 8;

    private final Ledger ledger;
    private final Realm realm;
    private final Books books;
    private final Choices random;
    /** What each task does. */
    private final Consumer<Job> run;

    private int dispatched;

    Dispatches(Ledger ledger, Realm realm, Books books, Choices random, Consumer<Job> run) {
        this.ledger = ledger;
        this.realm = realm;
        this.books = books;
        this.random = random;
        this.run = run;
    }

    private Job newJob(Job.Kind kind, List<Dossier> groups, TaskCategory category, int delayMillis) {
        int number = ++dispatched;
        long now = ledger.simulation.now().toNanos();
        return new Job("t" + number, kind, groups, category, number, now, delayMillis * 1_000_000L);
    }

    /** Dispatches the job in this way. */
    private void dispatch(Job job, Runnable how) {
        boolean open = job.groups.stream().allMatch(group -> group.group.isOpen());
        try {
            how.run();
            books.accepted(job, open);
        } catch (RejectedExecutionException e) {
            job.state = Job.State.REJECTED;
            books.rejected(job);
        }
        ledger.accepted(job);
    }

    void dispatch() {
        Dossier dossier = random.groupForTask();
        Job job = newJob(Job.Kind.TASK, List.of(dossier), random.category(), 0);
        dispatch(job, () -> dossier.group.dispatch(job.name, job.category, () -> run.accept(job)));
    }

    void dispatchToSeveral() {
        List<Dossier> given = new ArrayList<>();
        for (int i = 2 + random.nextInt(2); i > 0; i--) {
            given.add(random.groupForTask());
        }
        List<Dossier> upper = given.stream()
                .distinct()
                .filter(group -> given.stream()
                        .noneMatch(other -> other.place != group.place && (other.place.reach & group.place.bit) != 0))
                .toList();
        Job job = newJob(Job.Kind.TASK, upper, random.category(), 0);
        dispatch(
                job,
                () -> realm.groups.dispatch(
                        given.stream().map(d -> d.group).toList(), job.name, job.category, () -> run.accept(job)));
    }

    void dispatchIdle() {
        Dossier dossier = random.groupForTask();
        Job job = newJob(Job.Kind.IDLE, List.of(dossier), TaskCategory.IDLE_CALLBACK, 0);
        Duration deadline = Duration.ofMillis(random.nextInt(LONGEST_DELAY));
        dispatch(job, () -> dossier.group.dispatchIdle(job.name, deadline, () -> run.accept(job)));
    }

    void dispatchLater() {
        Dossier dossier = random.groupForTask();
        int delay = random.nextInt(LONGEST_DELAY);
        Job job = newJob(Job.Kind.TIMER, List.of(dossier), random.category(), delay);
        Duration time = Duration.ofMillis(delay);
        dispatch(job, () -> job.timer = dossier.group.schedule(job.name, job.category, time, () -> run.accept(job)));
    }

    private Cancellable startTimer(Job job, Dossier dossier, Duration delay) {
        Duration period = Duration.ofMillis(2 + random.nextInt(LONGEST_DELAY));
        return dossier.group.scheduleAtFixedRate(job.name, job.category, delay, period, () -> run.accept(job));
    }

    /** A periodic timer that is there, or not to be in the root group, would leave everything in doubt. */
    void startTimer() {
        List<Job> timers =
                ledger.waiting.stream().filter(job -> job.kind.isTimed()).toList();
        if (!timers.isEmpty()) {
            cancel(random.oneOf(timers));
        } else if (realm.dossiers.size() > 1) {
            Dossier dossier = realm.dossiers.get(1 + random.nextInt(realm.dossiers.size() - 1));
            int delay = random.nextInt(LONGEST_DELAY);
            Job job = newJob(Job.Kind.PERIODIC, List.of(dossier), random.category(), delay);
            dispatch(job, () -> job.timer = startTimer(job, dossier, Duration.ofMillis(delay)));
        }
    }

    void cancel(Job job) {
        if (job.timer.cancel()) {
            ledger.coverage.count("cancelled");
            ledger.cancelled(job);
        }
    }
}
