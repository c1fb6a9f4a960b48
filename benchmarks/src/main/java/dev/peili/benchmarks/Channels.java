package dev.peili.benchmarks;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.peili.actors.EventTarget;
import dev.peili.actors.Groups;
import dev.peili.actors.TaskCategory;
import dev.peili.ipc.ActorDestroy;
import dev.peili.ipc.Channel;
import dev.peili.ipc.ChannelFullException;
import dev.peili.ipc.ChannelWritable;
import dev.peili.ipc.ConstructorMessage;
import dev.peili.ipc.ProtocolActor;
import dev.peili.ipc.Side;
import dev.peili.ipc.TopLevelProtocol;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializer;

/** What messages cost across a channel, and what plain ones do. Senders and receivers are all in one group. */
final class Channels implements AutoCloseable {
    /** How many are sent in one turn. */
    private static final int BATCH = 128;

    private final ActorSystem<Consumer<ActorContext<?>>> system;
    private final EventTarget target;
    private final ActorRef<Channel.Command> listener;
    private final CompletableFuture<ActorRef<Flow.Command>> topRef = new CompletableFuture<>();
    private final CompletableFuture<ActorRef<Flow.Stream>> plain = new CompletableFuture<>();
    private int names;

    /** What the parent's top-level actor does in its own turn. */
    private record Run(Consumer<ProtocolActor<Flow.Top>> action) implements Flow.Command {}

    private final class Parent extends TopLevelProtocol<Flow.Top> {
        Parent() {
            super(Flow.TOP, Side.PARENT);
        }

        @Override
        protected Behavior<Flow.Command> create(ProtocolActor<Flow.Top> self) {
            return Behaviors.setup(context -> {
                topRef.complete(context.getSelf());
                return Behaviors.receive(Flow.Command.class)
                        .onMessage(Run.class, run -> {
                            run.action().accept(self);
                            return Behaviors.same();
                        })
                        .onMessage(Flow.Top.Plain.class, message -> {
                            plain.complete(message.receiver());
                            return Behaviors.same();
                        })
                        .build();
            });
        }

        @Override
        protected EventTarget eventTarget(Groups groups) {
            return target;
        }
    }

    /** The receiving side; in this process or in another. */
    static final class Child extends TopLevelProtocol<Flow.Top> {
        private final EventTarget target;

        Child(EventTarget target) {
            super(Flow.TOP, Side.CHILD);
            this.target = target;
            onConstructor(Flow.STREAM, Flow.Stream.Open.class, (self, open) -> counting(open.count(), self::send));
        }

        @Override
        protected Behavior<Flow.Command> create(ProtocolActor<Flow.Top> self) {
            return Behaviors.setup(context -> {
                self.send(new Flow.Top.Plain(
                        context.spawn(idle(), "plain", target.group().props(target.category()))));
                return Behaviors.empty();
            });
        }

        @Override
        protected EventTarget eventTarget(Groups groups) {
            return target;
        }

        @Override
        protected Optional<EventTarget> getMessageEventTarget(ConstructorMessage message) {
            return Optional.of(target);
        }
    }

    Channels(ActorSystem<Consumer<ActorContext<?>>> system) {
        this.system = system;
        this.target = targetOf(system);
        this.listener = Systems.spawn(system, Channel.listen(Parent::new), "listener", Systems.DEFAULT);
    }

    static EventTarget targetOf(ActorSystem<?> system) {
        return Groups.get(system)
                .openTab()
                .openDocument("https://channels.example/")
                .eventTargetFor(TaskCategory.NETWORK);
    }

    /** Connects a child in the same actor system. */
    Channels local() {
        Systems.spawn(system, Channel.connect(listener, () -> new Child(target)), "connector", Systems.DEFAULT);
        return remote();
    }

    /** Waits for a child in another process. */
    Channels remote() {
        Systems.get(plain);
        return this;
    }

    String address() {
        return Channel.address(system, listener);
    }

    // --- Measures ---------------------------------------------------------------------------------------------------

    private static final Config NOT_SERIALIZED = ConfigFactory.parseString("peili.ipc.serialize-in-process = off");

    static List<Measure> measures() {
        return List.of(
                Measure.of(Row.perSecond("ipc.local", "msg", "tell", 0.7), effort -> {
                    int count = effort.count(3_000_000);
                    return sides(NOT_SERIALIZED, its -> its.routed(count), its -> its.told(count));
                }),
                Measure.of(Row.perSecond("ipc.serialized", "msg", "serialize and tell", 0.9), effort -> {
                    int count = effort.count(600_000);
                    return sides(ConfigFactory.empty(), its -> its.routed(count), its -> its.serializedAndTold(count));
                }),
                Measure.of(
                        Row.perSecond("ipc.two-processes", "msg", "Artery tell", 0.9),
                        effort -> twoProcesses(effort.count(200_000))));
    }

    static List<Measure> more() {
        return List.of(
                Measure.of(
                        Row.perSecond("ipc.construct", "actor", "the 50,000 before", 0.8),
                        effort -> constructions(effort.count(50_000))),
                Measure.of(
                        Row.perSecond("ipc.100000", "msg", "one actor of ten", 0.8),
                        effort -> manyActors(effort.count(100_000), effort.count(300_000))));
    }

    private interface Value {
        double measure(Channels channels);
    }

    private static Sides sides(Config config, Value ours, Value theirs) {
        ActorSystem<Consumer<ActorContext<?>>> system = Systems.start("channels", config);
        Channels channels = new Channels(system).local();
        return Sides.of(() -> ours.measure(channels), () -> theirs.measure(channels), () -> {
            channels.close();
            Systems.stop(system);
        });
    }

    private static Sides twoProcesses(int count) {
        ActorSystem<Consumer<ActorContext<?>>> system = Systems.start("channels", FarSide.REMOTING);
        Channels channels = new Channels(system);
        FarSide far = FarSide.start(channels.address());
        channels.remote();
        return Sides.of(() -> channels.routed(count), () -> channels.toldOverArtery(count), () -> {
            channels.close();
            far.close();
            Systems.stop(system);
        });
    }

    /** The second half of the actors on one channel, beside the first of another. */
    private static Sides constructions(int half) {
        ActorSystem<Consumer<ActorContext<?>>> system = Systems.start("channels", NOT_SERIALIZED);
        return Sides.of(
                () -> constructTwice(system, half)[1],
                () -> constructTwice(system, half)[0],
                () -> Systems.stop(system));
    }

    private static double[] constructTwice(ActorSystem<Consumer<ActorContext<?>>> system, int half) {
        Channels channels = new Channels(system).local();
        double[] rates = {channels.construct(half), channels.construct(half)};
        Systems.stopChildren(system);
        return rates;
    }

    /** Messages to one actor among many, beside one among ten. */
    private static Sides manyActors(int actors, int count) {
        ActorSystem<Consumer<ActorContext<?>>> one = Systems.start("many");
        ActorSystem<Consumer<ActorContext<?>>> other = Systems.start("few");
        Channels many = new Channels(one).local();
        Channels few = new Channels(other).local();
        many.construct(actors);
        few.construct(10);
        return Sides.of(() -> many.routed(count), () -> few.routed(count), () -> {
            many.close();
            few.close();
            Systems.stop(one);
            Systems.stop(other);
        });
    }

    // --- Receivers --------------------------------------------------------------------------------------------------

    /** Checks the order, and answers the last one. */
    private static final class Counter {
        private int next;

        void count(int number) {
            if (number != next) {
                throw new IllegalStateException("after " + (next - 1) + " came " + number);
            }
            next++;
        }
    }

    private static Behavior<Flow.Command> counting(int count, Consumer<Flow.Stream> answer) {
        Counter counter = new Counter();
        return Behaviors.receive(Flow.Command.class)
                .onMessage(Flow.Stream.Datum.class, datum -> {
                    counter.count(datum.number());
                    if (datum.number() == count - 1) {
                        answer.accept(new Flow.Stream.Done(datum.number()));
                    }
                    return Behaviors.same();
                })
                .build();
    }

    /** Speaks no protocol. */
    private static Behavior<Flow.Stream> idle() {
        return Behaviors.receive(Flow.Stream.class)
                .onMessage(Flow.Stream.Expect.class, Channels::expecting)
                .build();
    }

    private static Behavior<Flow.Stream> expecting(Flow.Stream.Expect expect) {
        Counter counter = new Counter();
        return Behaviors.receive(Flow.Stream.class)
                .onMessage(Flow.Stream.Datum.class, datum -> {
                    counter.count(datum.number());
                    if (datum.number() == expect.count() - 1) {
                        expect.replyTo().tell(new Flow.Stream.Done(datum.number()));
                        return idle();
                    }
                    return Behaviors.same();
                })
                .build();
    }

    // --- Messages of one actor -----------------------------------------------------------------------------------

    /** Messages/s across the channel to one actor. */
    double routed(int count) {
        CountDownLatch done = new CountDownLatch(1);
        CompletableFuture<ActorRef<Flow.Command>> sender = new CompletableFuture<>();
        CompletableFuture<ProtocolActor<Flow.Stream>> actor = new CompletableFuture<>();
        run(self -> {
            ProtocolActor<Flow.Stream> stream =
                    self.make(Flow.STREAM, its -> sending(count, number -> its.send(Flow.datum(number)), sender, done));
            self.setEventTargetForActor(stream, target);
            self.sendConstructor(stream, new Flow.Stream.Open(count));
            actor.complete(stream);
        });
        ActorRef<Flow.Command> ref = Systems.get(sender);
        long start = System.nanoTime();
        ref.tell(new Flow.Go());
        Systems.await(done);
        double result = count * 1e9 / (System.nanoTime() - start);
        Systems.get(actor).delete();
        return result;
    }

    private void run(Consumer<ProtocolActor<Flow.Top>> action) {
        Systems.get(topRef).tell(new Run(action));
    }

    private static Behavior<Flow.Command> sending(
            int count, IntConsumer send, CompletableFuture<ActorRef<Flow.Command>> self, CountDownLatch done) {
        return Behaviors.setup(context -> {
            self.complete(context.getSelf());
            int[] next = {0};
            return Behaviors.receive(Flow.Command.class)
                    .onMessage(Flow.Go.class, go -> {
                        pump(count, next, send, context.getSelf());
                        return Behaviors.same();
                    })
                    .onMessage(Flow.Stream.Done.class, last -> {
                        done.countDown();
                        return Behaviors.same();
                    })
                    .onSignal(ChannelWritable.class, signal -> {
                        pump(count, next, send, context.getSelf());
                        return Behaviors.same();
                    })
                    .onSignal(ActorDestroy.class, why -> Behaviors.same())
                    .build();
        });
    }

    private static void pump(int count, int[] next, IntConsumer send, ActorRef<Flow.Command> self) {
        try {
            for (int i = 0; i < BATCH && next[0] < count; i++) {
                send.accept(next[0]);
                next[0]++;
            }
        } catch (ChannelFullException e) {
            return;
        }
        if (next[0] < count) {
            self.tell(new Flow.Go());
        }
    }

    // --- The peers -----------------------------------------------------------------------------------------------

    /** The same by plain tells to an actor of the same group. */
    double told(int count) {
        return told(count, datum -> datum);
    }

    /** The same, with what Pekko's serialization costs. */
    double serializedAndTold(int count) {
        Serialization serialization = SerializationExtension.get(Adapter.toClassic(system));
        return told(count, datum -> {
            byte[] bytes = serialization.serialize(datum).get();
            try {
                Serializer serializer = serialization.serializerFor(Flow.Stream.Datum.class);
                return (Flow.Stream) serialization
                        .deserialize(bytes, serializer.identifier(), Flow.Stream.Datum.class.getName())
                        .get();
            } catch (java.io.NotSerializableException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private double told(int count, java.util.function.UnaryOperator<Flow.Stream> across) {
        CountDownLatch done = new CountDownLatch(1);
        ActorRef<Flow.Command> receiver = spawn(counting(count, last -> done.countDown()));
        return pumped(count, number -> receiver.tell(across.apply(Flow.datum(number))), done, self -> {});
    }

    /** By plain tells over Artery. */
    double toldOverArtery(int count) {
        ActorRef<Flow.Stream> receiver = Systems.get(plain);
        return pumped(
                count,
                number -> receiver.tell(Flow.datum(number)),
                new CountDownLatch(1),
                self -> receiver.tell(new Flow.Stream.Expect(count, self.narrow())));
    }

    private double pumped(int count, IntConsumer send, CountDownLatch done, Consumer<ActorRef<Flow.Command>> before) {
        ActorRef<Flow.Command> ref = spawn(sending(count, send, new CompletableFuture<>(), done));
        before.accept(ref);
        long start = System.nanoTime();
        ref.tell(new Flow.Go());
        Systems.await(done);
        return count * 1e9 / (System.nanoTime() - start);
    }

    private ActorRef<Flow.Command> spawn(Behavior<Flow.Command> behavior) {
        names++;
        return Systems.spawn(system, behavior, "actor" + names, target.group().props(target.category()));
    }

    // --- Many actors ---------------------------------------------------------------------------------------------

    /** Actors/s that are constructed on both sides; they stay. */
    double construct(int count) {
        CountDownLatch started = new CountDownLatch(count);
        long start = System.nanoTime();
        constructFrom(0, count, started);
        Systems.await(started);
        return count * 1e9 / (System.nanoTime() - start);
    }

    private void constructFrom(int first, int count, CountDownLatch started) {
        run(self -> {
            int i = first;
            try {
                for (; i < count && i < first + BATCH; i++) {
                    ProtocolActor<Flow.Stream> stream = self.make(Flow.STREAM, its -> {
                        started.countDown();
                        return Behaviors.empty();
                    });
                    self.setEventTargetForActor(stream, target);
                    self.sendConstructor(stream, new Flow.Stream.Open(1));
                }
            } catch (ChannelFullException e) {
                // The next batch tries again.
            }
            if (i < count) {
                constructFrom(i, count, started);
            }
        });
    }

    @Override
    public void close() {
        listener.tell(new Channel.Close());
    }
}
