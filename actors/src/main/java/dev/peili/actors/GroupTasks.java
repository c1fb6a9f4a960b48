package dev.peili.actors;

import dev.peili.actors.internal.agenda.Admission;
import dev.peili.actors.internal.agenda.Entry;
import dev.peili.actors.internal.agenda.Joint;
import dev.peili.actors.internal.agenda.Node;
import dev.peili.actors.internal.agenda.Work;
import dev.peili.actors.internal.dispatch.GroupPool;
import dev.peili.actors.internal.dispatch.Label;
import dev.peili.actors.internal.dispatch.LabelledWork;
import dev.peili.actors.internal.dispatch.TaskWork;
import dev.peili.actors.internal.flight.Flight;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.DeadLetter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tasks of one group: how they come in, when it is their time, and what is known of those that failed. Thread-safe. */
final class GroupTasks implements TaskWork.TaskOwner {
    private static final Logger LOG = LoggerFactory.getLogger(SchedulerGroup.class);

    private final GroupCore core;
    /** The core's, and below it the pool; here as well, because each object on the way to them costs where groups are many. */
    private final Node node;

    private final GroupPool pool;
    private final Admission door;
    private final TaskBooks books = new TaskBooks();
    /** Made when there is a first one; guarded by the monitor. */
    private @Nullable GroupTimers timers;
    /** Made when a task has failed, or somebody says what then. */
    private volatile @Nullable GroupRestart restart;

    GroupTasks(GroupCore core, Admission door) {
        this.core = core;
        this.node = core.node();
        this.pool = core.library().pool();
        this.door = door;
    }

    TaskBooks books() {
        return books;
    }

    private ActorSystem system() {
        return core.library().classicSystem();
    }

    // --- In ---------------------------------------------------------------------------------------------------------

    void dispatch(String name, TaskCategory category, Runnable task) {
        check(enqueue(Objects.requireNonNull(name), category, Objects.requireNonNull(task)), name, category);
    }

    private Entry enqueue(String name, TaskCategory category, Runnable task) {
        return enqueue(TaskWork.of(name, node, category.lane(), task, this));
    }

    private Entry enqueue(TaskWork work) {
        Entry entry = pool.enqueue(work);
        if (entry != Entry.ADMITTED) {
            countRejection(work.name(), TaskCategory.ofLane(work.lane()), entry);
        }
        return entry;
    }

    private void countRejection(String name, TaskCategory category, Entry why) {
        books.addRejection(category);
        Flight.rejected(name, category.name(), core.name(), why == Entry.FULL ? "full" : "closed");
    }

    private void check(Entry entry, String name, TaskCategory category) {
        if (entry != Entry.ADMITTED) {
            throw rejected(entry, name, category, core.name());
        }
    }

    private static RejectedExecutionException rejected(
            Entry entry, String name, TaskCategory category, String groupName) {
        String why = switch (entry) {
            case ADMITTED -> throw new IllegalArgumentException("it was not rejected");
            case CLOSED -> groupName + " has been closed";
            case FULL -> "the lane of " + groupName + " is full";
        };
        return new RejectedExecutionException("task '" + name + "' (" + category + ") was rejected: " + why);
    }

    /** Dispatches a task that affects the groups of all of these, of which none is above another. */
    static void dispatchToAll(List<GroupTasks> all, String name, TaskCategory category, Runnable task) {
        GroupTasks first = all.get(0);
        AffectedGroups affected = new AffectedGroups(all);
        TaskWork work = TaskWork.of(name, first.node, category.lane(), task, affected);
        Joint joint = new Joint(
                work,
                all.stream().map(each -> new Joint.Share(each.node, each.door)).toList());
        Entry entry = first.pool.enqueue(joint);
        if (entry != Entry.ADMITTED) {
            all.forEach(each -> each.countRejection(name, category, entry));
            throw rejected(entry, name, category, "one of " + affected.names());
        }
    }

    /** The owner of a task that affects several groups. */
    record AffectedGroups(List<GroupTasks> all) implements TaskWork.TaskOwner {
        boolean includes(SchedulerGroup group) {
            return all.stream().anyMatch(each -> group.isWithin(each.group()));
        }

        SchedulerGroup first() {
            return all.get(0).group();
        }

        String names() {
            return all.stream().map(each -> each.core.name()).collect(Collectors.joining(", "));
        }

        @Override
        public Object group() {
            return this;
        }

        @Override
        public Admission admission() {
            return all.get(0).door;
        }

        @Override
        public String toString() {
            return names();
        }

        @Override
        public void failed(String name, int lane, Throwable failure) {
            try {
                log(name, lane, names(), failure);
            } finally {
                all.forEach(each -> each.count(lane));
            }
        }
    }

    /** What stands for this category of the group where a single message is to be handled here. */
    Label label(TaskCategory category) {
        return new Label(node, category.lane(), door, group());
    }

    // --- Time -------------------------------------------------------------------------------------------------------

    Cancellable schedule(String name, TaskCategory category, Duration delay, Runnable task) {
        TaskTimer timer = newTimer(name, category, task, false);
        checkStarted(timers().startOnce(timer, notNegative(delay, "delay")), name, category);
        return timer;
    }

    Cancellable scheduleAtFixedRate(
            String name, TaskCategory category, Duration initialDelay, Duration period, Runnable task) {
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("the period of a task must be more than nothing, not " + period);
        }
        TaskTimer timer = newTimer(name, category, task, true);
        checkStarted(
                timers().startAtFixedRate(timer, notNegative(initialDelay, "initial delay"), period), name, category);
        return timer;
    }

    private TaskTimer newTimer(String name, TaskCategory category, Runnable task, boolean periodic) {
        TaskTimer.Target target = new TaskTimer.Target() {
            @Override
            public Entry dispatch(Runnable run) {
                return enqueue(name, category, run);
            }

            @Override
            public void dropped() {
                deadLetter(new DroppedTask(name, category, group()));
            }
        };
        return new TaskTimer(timers(), target, task, periodic);
    }

    private void checkStarted(boolean started, String name, TaskCategory category) {
        if (!started) {
            countRejection(name, category, Entry.CLOSED);
            throw rejected(Entry.CLOSED, name, category, core.name());
        }
    }

    private static Duration notNegative(Duration time, String what) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("the " + what + " of a task must not be negative: " + time);
        }
        return time;
    }

    void dispatchIdle(String name, Duration deadline, Runnable task) {
        notNegative(deadline, "deadline");
        IdleTask idle = new IdleTask(task);
        TaskWork work = TaskWork.of(name, node, TaskCategory.IDLE_CALLBACK.lane(), idle, this);
        check(enqueue(work), name, TaskCategory.IDLE_CALLBACK);
        TaskTimer.Target hurry = new TaskTimer.Target() {
            @Override
            public Entry dispatch(Runnable run) {
                pool.agenda().hurry(work);
                return Entry.ADMITTED;
            }

            @Override
            public void dropped() {}
        };
        TaskTimer timer = new TaskTimer(timers(), hurry, () -> {}, false);
        timers().startOnce(timer, deadline);
        idle.startedWith(timer);
    }

    /** Idle work that takes its deadline away when it starts. */
    private static final class IdleTask implements Runnable {
        private final Runnable task;
        private boolean started;
        private Cancellable timer = Cancellable.alreadyCancelled();

        IdleTask(Runnable task) {
            this.task = task;
        }

        synchronized void startedWith(Cancellable deadline) {
            timer = deadline;
            if (started) {
                deadline.cancel();
            }
        }

        private synchronized void start() {
            started = true;
            timer.cancel();
        }

        @Override
        public void run() {
            start();
            task.run();
        }
    }

    // --- Failures ---------------------------------------------------------------------------------------------------

    @Override
    public SchedulerGroup group() {
        return core.handle();
    }

    @Override
    public Admission admission() {
        return door;
    }

    @Override
    public void failed(String name, int lane, Throwable failure) {
        try {
            log(name, lane, core.name(), failure);
        } finally {
            count(lane);
        }
    }

    private static void log(String name, int lane, String groupName, Throwable failure) {
        LOG.error("Task '{}' ({}) of {} failed", name, TaskCategory.ofLane(lane), groupName, failure);
    }

    private void count(int lane) {
        books.addFailure(TaskCategory.ofLane(lane));
        restart().taskFailed();
    }

    synchronized GroupRestart restart() {
        GroupRestart made = restart;
        if (made == null) {
            made = new GroupRestart(core, core.defaultSupervision());
            restart = made;
        }
        return made;
    }

    /** Which restart of the group this is. */
    int incarnation() {
        GroupRestart made = restart;
        return made == null ? GroupRestart.FIRST_INCARNATION : made.incarnation();
    }

    // --- The end ----------------------------------------------------------------------------------------------------

    /** Accepts nothing more; what was accepted still runs, but for timers. */
    void close() {
        pool.agenda().close(node, door);
        closeTimers();
    }

    /** Accepts nothing more, and lets what has not started become dead letters. */
    void drop() {
        for (Work work : pool.agenda().drop(node, door)) {
            if (work instanceof LabelledWork message) {
                message.goHome();
            } else {
                deadLetter(new DroppedTask(work.name(), TaskCategory.ofLane(work.lane()), group()));
            }
        }
        closeTimers();
    }

    private synchronized GroupTimers timers() {
        GroupTimers made = timers;
        if (made == null) {
            made = new GroupTimers(system().scheduler(), !door.isOpen());
            timers = made;
        }
        return made;
    }

    /** To be called when the door is closed, so that timers which are made later are closed from the start. */
    private void closeTimers() {
        GroupTimers made;
        synchronized (this) {
            made = timers;
        }
        if (made != null) {
            made.close();
        }
    }

    private void deadLetter(DroppedTask task) {
        Flight.deadLetter(task.name(), task.category().name(), core.name());
        ActorRef nobody = system().deadLetters();
        nobody.tell(new DeadLetter(task, nobody, nobody), nobody);
    }
}
