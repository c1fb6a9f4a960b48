package dev.peili.benchmarks;

import dev.peili.actors.Groups;
import dev.peili.actors.TaskCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Small tasks for DocGroups from threads of no group, beside messages to actors. What runs counts itself. */
final class Dispatches {
    private static final int MANY = 10_000;
    private static final int THREADS = 8;
    /** A power of two. */
    private static final int CHOICES = 1 << 20;

    private static final Row TELL = Row.perSecond("dispatch.tell", "task", "tell, default dispatcher", 1);
    private static final Row FAN_IN = Row.perSecond("dispatch.fan-in", "task", "tell, default dispatcher", 1);
    private static final Row MANY_GROUPS = Row.perSecond("dispatch.many", "task", "10,000 actors", 1);
    private static final Row LAG = Row.cost("dispatch.lag", "ms", "10,000 actors", Mark.NONE);
    private static final Row IN = Row.cost("dispatch.backlog.in", "ns", "10,000 actors", Mark.NONE);
    private static final Row OUT = Row.perSecond("dispatch.backlog.out", "task", "10,000 actors", 0);

    private Dispatches() {}

    static List<Measure> measures() {
        return List.of(
                Measure.of(TELL, effort -> sides(1, 1, effort.count(3_000_000))),
                Measure.of(FAN_IN, effort -> sides(1, THREADS, effort.count(3_000_000))),
                Measure.of(MANY_GROUPS, effort -> sides(MANY, 1, effort.count(3_000_000))));
    }

    /** What shows why {@code dispatch.many} is what it is. */
    static List<Measure> more() {
        return List.of(
                Measure.of(
                        Row.perSecond("dispatch.many.100", "task", "100 actors", 0),
                        effort -> sides(100, 1, effort.count(3_000_000))),
                Measure.of(
                        Row.perSecond("dispatch.many.1000", "task", "1,000 actors", 0),
                        effort -> sides(1_000, 1, effort.count(3_000_000))),
                Measure.of(LAG, effort -> {
                    int count = effort.count(3_000_000);
                    return sides(MANY, (all, choices) ->
                            new double[] {run(all, choices, 1, count).lagMillis()});
                }),
                Measure.of(List.of(IN, OUT), effort -> {
                    int count = effort.count(3_000_000);
                    return sides(MANY + Systems.THREADS, (all, choices) -> {
                        Sent sent = backlog(all, choices, count);
                        return new double[] {sent.nanosToSend(), sent.perSecondOfRest()};
                    });
                }));
    }

    static Sides sides(int receivers, int threads, int count) {
        return sides(receivers, (all, choices) ->
                new double[] {run(all, choices, threads, count).perSecond()});
    }

    /** What is done with the receivers, and with whom of them is sent to. */
    private interface Way {
        double[] measure(List<Counting> receivers, int[] choices);
    }

    private static Sides sides(int receivers, Way way) {
        ActorSystem<Consumer<ActorContext<?>>> system = Systems.start("dispatches");
        List<Counting> groups = counting(receivers, group(system));
        List<Counting> actors = counting(receivers, actor(system));
        int[] choices = skewed(Math.min(receivers, MANY));
        return Sides.ofRows(
                () -> way.measure(groups, choices), () -> way.measure(actors, choices), () -> Systems.stop(system));
    }

    /** Who is sent to: the first as often as the second and third together, and so on, which is Zipf's law. */
    private static int[] skewed(int receivers) {
        double[] upTo = new double[receivers];
        double sum = 0;
        for (int i = 0; i < receivers; i++) {
            sum += 1.0 / (i + 1);
            upTo[i] = sum;
        }
        Random random = new Random(1);
        int[] choices = new int[CHOICES];
        for (int i = 0; i < CHOICES; i++) {
            int found = java.util.Arrays.binarySearch(upTo, random.nextDouble() * sum);
            choices[i] = found < 0 ? Math.min(-found - 1, receivers - 1) : found;
        }
        return choices;
    }

    /** Counts what it is sent, in turns that exclude each other. */
    private static final class Counting implements Runnable {
        private final Executor executor;
        private int count;

        Counting(IntFunction<Executor> executors, int number) {
            this.executor = executors.apply(number);
        }

        @Override
        public void run() {
            count++;
        }
    }

    private static List<Counting> counting(int receivers, IntFunction<Executor> executors) {
        List<Counting> all = new ArrayList<>();
        for (int i = 0; i < receivers; i++) {
            all.add(new Counting(executors, i));
        }
        return all;
    }

    private static IntFunction<Executor> group(ActorSystem<?> system) {
        Groups groups = Groups.get(system);
        return number -> groups.openTab()
                .openDocument("https://site" + number + ".example/")
                .eventTargetFor(TaskCategory.OTHER);
    }

    private static IntFunction<Executor> actor(ActorSystem<Consumer<ActorContext<?>>> system) {
        return number -> {
            ActorRef<Runnable> ref = Systems.spawn(
                    system,
                    Behaviors.<Runnable>receiveMessage(task -> {
                        task.run();
                        return Behaviors.same();
                    }),
                    "actor" + number,
                    Systems.DEFAULT);
            return ref::tell;
        };
    }

    /**
     * What was sent and has run.
     *
     * @param sending how long it took to send them, in nanoseconds
     * @param rest and from then on until all had run
     */
    private record Sent(long count, long sending, long rest) {
        double perSecond() {
            return count * 1e9 / (sending + rest);
        }

        double nanosToSend() {
            return sending / (double) count;
        }

        double lagMillis() {
            return rest / 1e6;
        }

        double perSecondOfRest() {
            return count * 1e9 / rest;
        }
    }

    private static Sent run(List<Counting> receivers, int[] choices, int threads, int count) {
        receivers.forEach(receiver -> receiver.count = 0);
        int each = count / threads;
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int first = i * each;
            senders.add(new Thread(() -> send(receivers, choices, first, each), "sender" + i));
        }
        long before = System.nanoTime();
        senders.forEach(Thread::start);
        senders.forEach(Dispatches::join);
        return awaitAll(receivers, (long) each * threads, before, System.nanoTime());
    }

    private static Sent awaitAll(List<Counting> receivers, long expected, long before, long sent) {
        CountDownLatch done = new CountDownLatch(receivers.size());
        receivers.forEach(receiver -> receiver.executor.execute(done::countDown));
        Systems.await(done);
        long end = System.nanoTime();
        long sum = receivers.stream().mapToLong(receiver -> receiver.count).sum();
        if (sum != expected) {
            throw new IllegalStateException(sum + " of " + expected + " have run");
        }
        return new Sent(expected, sent - before, end - sent);
    }

    /** Sends all while the threads are held by receivers that nothing else is sent to, and then lets it run. */
    private static Sent backlog(List<Counting> all, int[] choices, int count) {
        List<Counting> receivers = all.subList(0, MANY);
        receivers.forEach(receiver -> receiver.count = 0);
        CountDownLatch release = Systems.hold(all.subList(MANY, all.size()).stream()
                .map(holder -> holder.executor)
                .toList());
        long before = System.nanoTime();
        send(receivers, choices, 0, count);
        long sent = System.nanoTime();
        release.countDown();
        return awaitAll(receivers, count, before, sent);
    }

    private static void send(List<Counting> receivers, int[] choices, int first, int count) {
        for (int i = first; i < first + count; i++) {
            Counting receiver = receivers.get(choices[i & (CHOICES - 1)]);
            receiver.executor.execute(receiver);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
