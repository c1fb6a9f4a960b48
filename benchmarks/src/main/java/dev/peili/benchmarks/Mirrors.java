package dev.peili.benchmarks;

import dev.peili.mirroring.Canonical;
import dev.peili.mirroring.CanonicalRef;
import dev.peili.mirroring.Mirror;
import dev.peili.mirroring.MirrorKey;
import dev.peili.mirroring.Mirroring;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.pubsub.Topic;

/** What mirrors cost, and what plain messages do. All actors are on Pekko's default dispatcher. */
final class Mirrors {
    /** What is published: as many of them as there are turns. */
    private record Quote(long turn, long bid, long ask) {}

    private static final AtomicLong NAMES = new AtomicLong();
    private static final String TELL = "tell of the same record";

    private Mirrors() {}

    static List<Measure> measures() {
        return List.of(
                fanOuts("mirror.fanout.1", true, 1, 2_000_000),
                fanOuts("mirror.fanout.1000", false, 1_000, 2_000),
                Measure.of(
                        List.of(
                                Row.cost("mirror.slow", "ms", "tell of each change", Mark.ratio(2)),
                                Row.cost("mirror.slow.bytes", "bytes", "tell of each change", Mark.ratio(2))),
                        effort -> both(system -> slow(system, true), system -> slow(system, false))),
                single(
                        Row.cost("mirror.connect", "ns", "mirror-initialized mode", Mark.ratio(2)),
                        (system, effort) -> connect(system, false, effort.count(20_000)),
                        (system, effort) -> connect(system, true, effort.count(20_000))),
                single(
                        Row.cost("mirror.set", "ns", "a field, with equals", Mark.ratio(0.25)),
                        (system, effort) -> set(system, true, effort.count(4_000)),
                        (system, effort) -> set(system, false, effort.count(4_000))));
    }

    static List<Measure> more() {
        return List.of(
                worseFanOuts("mirror.fanout.1.plain", false, 1, 2_000_000),
                worseFanOuts("mirror.fanout.1000.tabs", true, 1_000, 2_000),
                single(
                        Row.cost("mirror.bytes", "bytes", "an actor's first canonical", Mark.NONE),
                        (system, effort) -> bytesOfFurther(system, 5_000),
                        (system, effort) -> bytesOfFirst(system, 2_000)));
    }

    private interface Value {
        double measure(ActorSystem<Consumer<ActorContext<?>>> system, Effort effort);
    }

    private static Measure single(Row row, Value ours, Value theirs) {
        return Measure.of(row, effort -> {
            ActorSystem<Consumer<ActorContext<?>>> system = Systems.start("mirrors");
            return Sides.of(
                    () -> ours.measure(system, effort),
                    () -> theirs.measure(system, effort),
                    () -> Systems.stop(system));
        });
    }

    private interface Values {
        double[] measure(ActorSystem<Consumer<ActorContext<?>>> system);
    }

    private static Sides both(Values ours, Values theirs) {
        ActorSystem<Consumer<ActorContext<?>>> system = Systems.start("mirrors");
        return Sides.ofRows(() -> ours.measure(system), () -> theirs.measure(system), () -> Systems.stop(system));
    }

    /** Mirrors beside plain tells on the default dispatcher, and beside a topic there. */
    private static Measure fanOuts(String name, boolean inGroups, int mirrors, int turns) {
        List<Row> rows =
                List.of(Row.perSecond(name, "chg", TELL, 0.9), Row.perSecond(name + ".topic", "chg", "Topic", 0));
        return fanOuts(rows, inGroups, mirrors, turns, (system, all) ->
                new double[] {told(system, mirrors, all), published(system, mirrors, all)});
    }

    /** Without the topic: where mirrors do worse than the other way. */
    private static Measure worseFanOuts(String name, boolean inGroups, int mirrors, int turns) {
        List<Row> rows = List.of(Row.perSecond(name, "chg", TELL, 0));
        return fanOuts(rows, inGroups, mirrors, turns, (system, all) -> new double[] {told(system, mirrors, all)});
    }

    /** What so many turns are told to others by. */
    private interface Peers {
        double[] measure(ActorSystem<Consumer<ActorContext<?>>> system, int turns);
    }

    /** @param inGroups whether the owner and each mirror are in groups of their own, or on the default dispatcher */
    private static Measure fanOuts(List<Row> rows, boolean inGroups, int mirrors, int turns, Peers peers) {
        return Measure.of(rows, effort -> {
            int all = effort.count(turns);
            ActorSystem<Consumer<ActorContext<?>>> system = Systems.start("mirrors");
            Supplier<Props> props = inGroups ? groups(system, mirrors + 1) : Mirrors::byDefault;
            return Sides.ofRows(
                    () -> {
                        double[] ours = new double[rows.size()];
                        Arrays.fill(ours, mirrored(system, props, mirrors, all));
                        return ours;
                    },
                    () -> peers.measure(system, all),
                    () -> Systems.stop(system));
        });
    }

    private static Props byDefault() {
        return Systems.DEFAULT;
    }

    /** So many groups, in turn. */
    static Supplier<Props> groups(ActorSystem<?> system, int count) {
        List<Props> groups =
                Stream.generate(Messages.ownGroups(system)).limit(count).toList();
        AtomicInteger next = new AtomicInteger();
        return () -> groups.get(next.getAndIncrement() % count);
    }

    private static <T> ActorRef<T> spawn(ActorSystem<Consumer<ActorContext<?>>> system, Behavior<T> behavior) {
        return spawn(system, behavior, Mirrors::byDefault);
    }

    private static <T> ActorRef<T> spawn(
            ActorSystem<Consumer<ActorContext<?>>> system, Behavior<T> behavior, Supplier<Props> props) {
        return Systems.spawn(system, behavior, "mirrors" + NAMES.incrementAndGet(), props.get());
    }

    // --- Fan-out ----------------------------------------------------------------------------------------------------

    /** Who is shown quotes, until the last one, and checks that they do not go back. */
    private static class Reader {
        private final long last;
        private final CountDownLatch done;
        private long seen;

        Reader(long last, CountDownLatch done) {
            this.last = last;
            this.done = done;
        }

        void show(Quote quote) {
            if (quote.turn() < seen || quote.ask() != quote.bid() + 1) {
                throw new IllegalStateException("after " + seen + " came " + quote);
            }
            seen = quote.turn();
            if (seen == last) {
                done.countDown();
            }
        }
    }

    private record Next(long turn) {}

    /** An owner that changes one value a turn, as fast as it can; a turn is a message. */
    private static Behavior<Next> publisher(long turns, Consumer<Quote> publish, ActorContext<Next> context) {
        return Behaviors.receiveMessage(next -> {
            publish.accept(new Quote(next.turn(), next.turn() * 3, next.turn() * 3 + 1));
            if (next.turn() < turns) {
                context.getSelf().tell(new Next(next.turn() + 1));
            }
            return Behaviors.same();
        });
    }

    private interface Viewer {
        MirrorKey<Viewer, Quote> QUOTE = MirrorKey.create("quote");

        static Behavior<Viewer> create(Reader reader) {
            return Mirroring.setup((context, mirroring) -> {
                Mirror<Quote> quote = mirroring.mirror(QUOTE);
                mirroring.watch(() -> reader.show(quote.get()), quote);
                return Behaviors.receiveMessage(message -> Behaviors.same());
            });
        }
    }

    /** Turns times mirrors per second, until every mirror shows the last turn. */
    static double mirrored(
            ActorSystem<Consumer<ActorContext<?>>> system, Supplier<Props> props, int mirrors, int turns) {
        return fanOut(
                system,
                props,
                mirrors,
                turns,
                Viewer::create,
                viewers -> Mirroring.setup((context, mirroring) -> {
                    Canonical<Quote> quote = mirroring.canonical("quote", new Quote(0, 0, 1));
                    viewers.forEach(viewer -> quote.connect(viewer, Viewer.QUOTE));
                    return publisher(turns, quote::set, context);
                }));
    }

    private static Behavior<Quote> receiver(Reader reader) {
        return Behaviors.receiveMessage(quote -> {
            reader.show(quote);
            return Behaviors.same();
        });
    }

    /** The same by plain tells of the same record. */
    static double told(ActorSystem<Consumer<ActorContext<?>>> system, int receivers, int turns) {
        return fanOut(
                system,
                Mirrors::byDefault,
                receivers,
                turns,
                Mirrors::receiver,
                refs -> Behaviors.setup(
                        context -> publisher(turns, quote -> refs.forEach(ref -> ref.tell(quote)), context)));
    }

    /** The same by a topic. */
    static double published(ActorSystem<Consumer<ActorContext<?>>> system, int subscribers, int turns) {
        ActorRef<Topic.Command<Quote>> topic =
                spawn(system, Topic.create(Quote.class, "quotes" + NAMES.incrementAndGet()));
        return fanOut(system, Mirrors::byDefault, subscribers, turns, Mirrors::receiver, refs -> {
            refs.forEach(ref -> topic.tell(Topic.subscribe(ref)));
            return Behaviors.setup(context -> publisher(turns, quote -> topic.tell(Topic.publish(quote)), context));
        });
    }

    private static <T> double fanOut(
            ActorSystem<Consumer<ActorContext<?>>> system,
            Supplier<Props> props,
            int receivers,
            int turns,
            Function<Reader, Behavior<T>> receiver,
            Function<List<ActorRef<T>>, Behavior<Next>> owner) {
        CountDownLatch done = new CountDownLatch(receivers);
        List<ActorRef<T>> refs = new ArrayList<>();
        for (int i = 0; i < receivers; i++) {
            refs.add(spawn(system, receiver.apply(new Reader(turns, done)), props));
        }
        ActorRef<Next> publisher = spawn(system, owner.apply(refs), props);
        long before = System.nanoTime();
        publisher.tell(new Next(1));
        Systems.await(done);
        double seconds = (System.nanoTime() - before) / 1e9;
        Systems.stopChildren(system);
        return (double) receivers * turns / seconds;
    }

    // --- A slow reader ------------------------------------------------------------------------------------------

    private static final int CHANGES = 1_000_000;

    /** Has a reader wait in its turn until it is let go. */
    private record Hold(CountDownLatch held, CountDownLatch go) {}

    /**
     * A million changes for a reader that looks once, when the last has been made: how long until it has seen that, in
     * milliseconds, and what is held for it meanwhile, in bytes.
     */
    private static double[] slow(ActorSystem<Consumer<ActorContext<?>>> system, boolean mirrored) {
        CountDownLatch seen = new CountDownLatch(1);
        CountDownLatch made = new CountDownLatch(1);
        Hold hold = new Hold(new CountDownLatch(1), new CountDownLatch(1));
        Reader reader = new Reader(CHANGES, seen);
        ActorRef<Object> slow = spawn(system, mirrored ? slowViewer(reader) : slowReceiver(reader));
        ActorRef<Next> owner = spawn(
                system,
                mirrored
                        ? Mirroring.setup((context, mirroring) -> {
                            Canonical<Quote> quote = mirroring.canonical("quote", new Quote(0, 0, 1));
                            quote.connect(slow, SLOW);
                            return changing(quote::set, made, context);
                        })
                        : Behaviors.setup(context -> changing(slow::tell, made, context)));
        slow.tell(hold);
        Systems.await(hold.held());
        long before = Heap.used();
        long begin = System.nanoTime();
        owner.tell(new Next(1));
        Systems.await(made);
        long paused = System.nanoTime();
        double bytes = Math.max(1024, Heap.used() - before);
        long resumed = System.nanoTime();
        hold.go().countDown();
        Systems.await(seen);
        double millis = (System.nanoTime() - resumed + paused - begin) / 1e6;
        Systems.stopChildren(system);
        return new double[] {millis, bytes};
    }

    private static final MirrorKey<Object, Quote> SLOW = MirrorKey.create("quote");

    private static Behavior<Next> changing(Consumer<Quote> publish, CountDownLatch made, ActorContext<Next> context) {
        return publisher(
                CHANGES,
                quote -> {
                    publish.accept(quote);
                    if (quote.turn() == CHANGES) {
                        made.countDown();
                    }
                },
                context);
    }

    private static Behavior<Object> slowViewer(Reader reader) {
        return Mirroring.setup((context, mirroring) -> {
            Mirror<Quote> quote = mirroring.mirror(SLOW);
            mirroring.watch(() -> reader.show(quote.get()), quote);
            return Behaviors.receive(Object.class)
                    .onMessage(Hold.class, Mirrors::hold)
                    .build();
        });
    }

    private static Behavior<Object> slowReceiver(Reader reader) {
        return Behaviors.receive(Object.class)
                .onMessage(Hold.class, Mirrors::hold)
                .onMessage(Quote.class, quote -> {
                    reader.show(quote);
                    return Behaviors.same();
                })
                .build();
    }

    private static Behavior<Object> hold(Hold hold) {
        hold.held().countDown();
        Systems.await(hold.go());
        return Behaviors.same();
    }

    // --- Connecting -------------------------------------------------------------------------------------------------

    private interface Conduit {
        MirrorKey<Conduit, Quote> QUOTE = MirrorKey.create("quote");

        record ConnectYourself(CanonicalRef<Quote> quote) implements Conduit {}

        static Behavior<Conduit> create(Runnable connected, Runnable disconnected) {
            return Mirroring.setup((context, mirroring) -> {
                Mirror<Quote> quote = mirroring.mirror(QUOTE);
                mirroring.watch(
                        () -> {
                            switch (quote.state()) {
                                case CONNECTED -> connected.run();
                                case DISCONNECTED -> disconnected.run();
                                default -> {}
                            }
                        },
                        quote);
                return Behaviors.receive(Conduit.class)
                        .onMessage(ConnectYourself.class, message -> {
                            quote.connect(message.quote());
                            return Behaviors.same();
                        })
                        .build();
            });
        }
    }

    private enum Phase {
        CONNECT,
        DISCONNECT
    }

    /** The median time from the turn that connects until the mirror is readable, in nanoseconds. */
    static double connect(ActorSystem<Consumer<ActorContext<?>>> system, boolean byTheMirror, int rounds) {
        Histogram latency = new Histogram(3);
        CountDownLatch done = new CountDownLatch(1);
        long[] since = new long[1];
        int[] round = new int[1];
        List<ActorRef<Phase>> owner = new ArrayList<>(1);
        CountDownLatch begun = new CountDownLatch(1);
        ActorRef<Conduit> conduit = spawn(
                system,
                Conduit.create(
                        () -> {
                            latency.recordValue(System.nanoTime() - since[0]);
                            owner.get(0).tell(Phase.DISCONNECT);
                        },
                        () -> {
                            if (++round[0] < rounds) {
                                owner.get(0).tell(Phase.CONNECT);
                            } else {
                                done.countDown();
                            }
                        }));
        owner.add(spawn(system, Mirroring.setup((context, mirroring) -> {
            Canonical<Quote> quote = mirroring.canonical("quote", new Quote(0, 0, 1));
            begun.countDown();
            return Behaviors.receiveMessage(phase -> {
                if (phase == Phase.DISCONNECT) {
                    quote.disconnectAll();
                } else {
                    since[0] = System.nanoTime();
                    if (byTheMirror) {
                        conduit.tell(new Conduit.ConnectYourself(quote.ref()));
                    } else {
                        quote.connect(conduit, Conduit.QUOTE);
                    }
                }
                return Behaviors.same();
            });
        })));
        Systems.await(begun);
        owner.get(0).tell(Phase.CONNECT);
        Systems.await(done);
        Systems.stopChildren(system);
        return latency.getValueAtPercentile(50);
    }

    // --- Setting ----------------------------------------------------------------------------------------------------

    private static final int SETS = 1_000;

    private static final class Field {
        private Quote value = new Quote(0, 0, 1);

        void set(Quote next) {
            if (!next.equals(value)) {
                value = next;
            }
        }
    }

    /** The time of one of a thousand sets in a turn, in nanoseconds. */
    static double set(ActorSystem<Consumer<ActorContext<?>>> system, boolean mirrored, int turns) {
        Quote[] quotes = new Quote[16];
        for (int i = 0; i < quotes.length; i++) {
            quotes[i] = new Quote(i, i * 3L, i * 3L + 1);
        }
        CountDownLatch done = new CountDownLatch(1);
        long[] nanos = new long[1];
        ActorRef<Viewer> viewer = spawn(system, Viewer.create(new Reader(Long.MAX_VALUE, done) {
            @Override
            void show(Quote quote) {}
        }));
        ActorRef<Next> owner = spawn(system, Mirroring.setup((context, mirroring) -> {
            Canonical<Quote> canonical = mirroring.canonical("quote", quotes[0]);
            canonical.connect(viewer, Viewer.QUOTE);
            Field field = new Field();
            return Behaviors.receiveMessage(next -> {
                long before = System.nanoTime();
                for (int i = 0; i < SETS; i++) {
                    Quote quote = quotes[(int) (next.turn() + i) & 15];
                    if (mirrored) {
                        canonical.set(quote);
                    } else {
                        field.set(quote);
                    }
                }
                nanos[0] += System.nanoTime() - before;
                if (next.turn() < turns) {
                    context.getSelf().tell(new Next(next.turn() + 1));
                } else {
                    done.countDown();
                }
                return Behaviors.same();
            });
        }));
        owner.tell(new Next(1));
        Systems.await(done);
        Systems.stopChildren(system);
        return (double) nanos[0] / SETS / turns;
    }

    // --- Memory -----------------------------------------------------------------------------------------------------

    private record Grow(int canonicals, CountDownLatch done) {}

    private interface Pile {
        record MakeMirrors(List<MirrorKey<Pile, Integer>> keys, CountDownLatch done) implements Pile {}

        static Behavior<Pile> create() {
            return Mirroring.setup((context, mirroring) -> Behaviors.receive(Pile.class)
                    .onMessage(MakeMirrors.class, mirrors -> {
                        mirrors.keys().forEach(mirroring::mirror);
                        mirrors.done().countDown();
                        return Behaviors.same();
                    })
                    .build());
        }
    }

    /** The heap that so many further canonicals take that are connected between two actors, on both sides, in bytes each. */
    static double bytesOfFurther(ActorSystem<Consumer<ActorContext<?>>> system, int canonicals) {
        List<MirrorKey<Pile, Integer>> keys = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < canonicals + 1; i++) {
            keys.add(MirrorKey.create("key"));
            names.add("name" + i);
        }
        ActorRef<Pile> pile = spawn(system, Pile.create());
        int[] made = new int[1];
        ActorRef<Grow> owner = spawn(
                system,
                Mirroring.setup((context, mirroring) -> Behaviors.receiveMessage(grow -> {
                    for (int i = 0; i < grow.canonicals(); i++) {
                        mirroring.canonical(names.get(made[0]), 1).connect(pile, keys.get(made[0]));
                        made[0]++;
                    }
                    grow.done().countDown();
                    return Behaviors.same();
                })));
        try {
            grow(owner, pile, keys.subList(0, 1));
            long before = Heap.used();
            grow(owner, pile, keys.subList(1, canonicals + 1));
            return (double) (Heap.used() - before) / canonicals;
        } finally {
            // The names and keys are a user's constants, and were there before.
            Reference.reachabilityFence(names);
            Reference.reachabilityFence(keys);
            Systems.stopChildren(system);
        }
    }

    private static void grow(ActorRef<Grow> owner, ActorRef<Pile> pile, List<MirrorKey<Pile, Integer>> keys) {
        perform(done -> pile.tell(new Pile.MakeMirrors(keys, done)));
        perform(done -> owner.tell(new Grow(keys.size(), done)));
        // The update goes out before the next message is handled, and is handled before what is sent then.
        perform(done -> owner.tell(new Grow(0, done)));
        perform(done -> pile.tell(new Pile.MakeMirrors(List.of(), done)));
    }

    private static void perform(Consumer<CountDownLatch> action) {
        CountDownLatch done = new CountDownLatch(1);
        action.accept(done);
        Systems.await(done);
    }

    /** The heap that two actors take which have one canonical and its mirror, in bytes more than two actors without. */
    static double bytesOfFirst(ActorSystem<Consumer<ActorContext<?>>> system, int pairs) {
        return bytesOfPairs(system, pairs, true) - bytesOfPairs(system, pairs, false);
    }

    private static double bytesOfPairs(ActorSystem<Consumer<ActorContext<?>>> system, int pairs, boolean mirrored) {
        CountDownLatch done = new CountDownLatch(pairs);
        long before = Heap.used();
        for (int i = 0; i < pairs; i++) {
            if (mirrored) {
                ActorRef<Viewer> viewer = spawn(system, first(done));
                spawn(system, Mirroring.<Next>setup((context, mirroring) -> {
                    mirroring.canonical("quote", NOTHING).connect(viewer, Viewer.QUOTE);
                    return Behaviors.receiveMessage(message -> Behaviors.same());
                }));
            } else {
                spawn(system, Behaviors.<Next>setup(context -> Behaviors.receiveMessage(message -> Behaviors.same())));
                spawn(system, Behaviors.<Next>setup(context -> {
                    done.countDown();
                    return Behaviors.receiveMessage(message -> Behaviors.same());
                }));
            }
        }
        Systems.await(done);
        long after = Heap.used();
        Systems.stopChildren(system);
        return (double) (after - before) / pairs;
    }

    private static final Quote NOTHING = new Quote(0, 0, 1);

    private static Behavior<Viewer> first(CountDownLatch done) {
        return Mirroring.setup((context, mirroring) -> {
            Mirror<Quote> quote = mirroring.mirror(Viewer.QUOTE);
            mirroring.watch(done::countDown, quote);
            return Behaviors.receiveMessage(message -> Behaviors.same());
        });
    }
}
