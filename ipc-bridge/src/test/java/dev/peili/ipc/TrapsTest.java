package dev.peili.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.peili.actors.EventTarget;
import dev.peili.actors.Groups;
import dev.peili.actors.SchedulerGroup;
import dev.peili.actors.Tab;
import dev.peili.actors.TaskCategory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a stranger tried to break. */
final class TrapsTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    // --- Protocols --------------------------------------------------------------------------------------------------

    sealed interface Leaf extends ProtocolMessage {
        record Open(String how) implements Leaf, Constructor {}

        record Say(int number) implements Leaf {}

        record Nothing() implements Leaf {}

        record Picky(int number) implements Leaf {
            public Picky {
                if (number == 13 && Thread.currentThread().getName().contains("io-dispatcher")) {
                    throw new AssertionError("unlucky");
                }
            }
        }

        record Rich(
                @Nullable String text,
                Optional<String> maybe,
                Duration time,
                List<Side> sides,
                @SuppressWarnings("ArrayRecordComponent") byte[] bytes,
                ActorRef<String> ref)
                implements Leaf {}

        enum Mood implements Leaf {
            GOOD,
            BAD
        }

        sealed interface Deep extends Leaf {
            sealed interface Deeper extends Deep {
                record Deepest(long value) implements Deeper {}
            }
        }

        record Plain(String text) implements Leaf {}

        record Both(String text) implements Leaf, Twig, Constructor {}
    }

    sealed interface Twig extends ProtocolMessage permits Leaf.Both, Twig.Snap {
        record Snap(int number) implements Twig {}
    }

    sealed interface Top extends ProtocolMessage {
        record Note(int number) implements Top {}
    }

    private static final Protocol<Leaf> LEAF = Protocol.named("PLeaf", Leaf.class);
    private static final Protocol<Twig> TWIG = Protocol.named("PTwig", Twig.class);
    private static final Protocol<Top> TOP = Protocol.named("PTop", Top.class, LEAF, TWIG);

    /** Has an actor do something in a turn. */
    record Run(BiFunction<ActorContext<Object>, ProtocolActor<?>, Behavior<Object>> code)
            implements org.apache.pekko.actor.NoSerializationVerificationNeeded {}

    // --- A side -----------------------------------------------------------------------------------------------------

    private static final class Half extends TopLevelProtocol<Top> {
        private final List<String> log = new CopyOnWriteArrayList<>();
        private final AtomicReference<ActorRef<Object>> topRef = new AtomicReference<>();
        private final AtomicReference<ActorRef<Object>> leafRef = new AtomicReference<>();
        private Function<ProtocolActor<?>, Behavior<Object>> top = self -> agent("top", self);
        private Function<ProtocolActor<?>, Behavior<Object>> leaf = self -> agent("leaf", self);
        private Function<Groups, EventTarget> target =
                groups -> groups.openTab().tabGroup().eventTargetFor(TaskCategory.OTHER);
        private Function<ConstructorMessage, Optional<EventTarget>> choose = message -> Optional.empty();

        Half(Side side) {
            super(TOP, side);
            onConstructor(LEAF, Leaf.Open.class, (self, open) -> leaf.apply(self));
            onConstructor(LEAF, Leaf.Both.class, (self, open) -> leaf.apply(self));
        }

        @Override
        protected Behavior<Object> create(ProtocolActor<Top> self) {
            return top.apply(self);
        }

        @Override
        protected EventTarget eventTarget(Groups groups) {
            return target.apply(groups);
        }

        @Override
        protected Optional<EventTarget> getMessageEventTarget(ConstructorMessage message) {
            return choose.apply(message);
        }

        Behavior<Object> agent(String name, ProtocolActor<?> self) {
            return Behaviors.setup(context -> {
                (name.equals("top") ? topRef : leafRef).set(context.getSelf());
                log.add(name + " started");
                return running(name, self, context);
            });
        }

        Behavior<Object> running(String name, ProtocolActor<?> self, ActorContext<Object> context) {
            return Behaviors.receive(Object.class)
                    .onMessage(Run.class, run -> run.code().apply(context, self))
                    .onMessage(ProtocolMessage.class, message -> {
                        log.add(name + " " + message);
                        return Behaviors.same();
                    })
                    .onSignal(ActorDestroy.class, why -> {
                        log.add(name + " destroyed " + why.why() + " (" + why.detail() + ")");
                        return Behaviors.same();
                    })
                    .onSignal(ChannelWritable.class, signal -> {
                        log.add(name + " writable");
                        return Behaviors.same();
                    })
                    .onSignal(PostStop.class, stop -> {
                        log.add(name + " stopped");
                        return Behaviors.same();
                    })
                    .build();
        }

        void await(String start) {
            until(() -> log.stream().anyMatch(line -> line.startsWith(start)), () -> "no '" + start + "' in " + log);
        }

        <T> T inTop(BiFunction<ActorContext<Object>, ProtocolActor<?>, T> code) {
            await("top started");
            return in(Objects.requireNonNull(topRef.get()), code);
        }

        <T> T inLeaf(BiFunction<ActorContext<Object>, ProtocolActor<?>, T> code) {
            await("leaf started");
            return in(Objects.requireNonNull(leafRef.get()), code);
        }

        private static <T> T in(ActorRef<Object> ref, BiFunction<ActorContext<Object>, ProtocolActor<?>, T> code) {
            CompletableFuture<T> result = new CompletableFuture<>();
            ref.tell(new Run((context, self) -> {
                try {
                    result.complete(code.apply(context, self));
                } catch (Throwable e) {
                    result.completeExceptionally(e);
                }
                return Behaviors.same();
            }));
            try {
                return result.get(5, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        ProtocolActor<Leaf> construct() {
            return inTop((context, self) -> {
                ProtocolActor<Leaf> made = self.make(LEAF, leaf);
                self.sendConstructor(made, new Leaf.Open(""));
                return made;
            });
        }
    }

    private static void until(Supplier<Boolean> condition, Supplier<String> otherwise) {
        long end = System.nanoTime() + SOON.toNanos();
        while (!condition.get()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(otherwise.get());
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    // --- The stage --------------------------------------------------------------------------------------------------

    private final List<ActorTestKit> kits = new ArrayList<>();
    private final List<String> ends = new CopyOnWriteArrayList<>();
    private final Half parent = new Half(Side.PARENT);
    private final Half child = new Half(Side.CHILD);

    private ActorTestKit kit(String... lines) {
        Config config = ConfigFactory.parseString(String.join("\n", lines)).withFallback(ConfigFactory.load());
        ActorTestKit kit = ActorTestKit.create("attack" + kits.size(), config);
        kits.add(kit);
        return kit;
    }

    @AfterEach
    void shutDown() {
        kits.forEach(kit -> ActorTestKit.shutdown(kit.system(), Duration.ofSeconds(20)));
    }

    private static final String DIRECT = "peili.ipc.serialize-in-process=off";

    /** A guardian of a channel's opener, which notes how that ends. */
    private ActorRef<Channel.Command> open(ActorTestKit kit, String name, Behavior<Channel.Command> opener) {
        AtomicReference<ActorRef<Channel.Command>> ref = new AtomicReference<>();
        kit.spawn(Behaviors.<Channel.Command>setup(context -> {
            ActorRef<Channel.Command> spawned = context.spawn(opener, name);
            context.watch(spawned);
            ref.set(spawned);
            return Behaviors.receive(Channel.Command.class)
                    .onSignal(ChildFailed.class, failed -> {
                        ends.add(name + " failed " + failed.getCause());
                        return Behaviors.same();
                    })
                    .onSignal(org.apache.pekko.actor.typed.Terminated.class, ended -> {
                        ends.add(name + " ended");
                        return Behaviors.same();
                    })
                    .build();
        }));
        until(() -> ref.get() != null, () -> "not spawned");
        return Objects.requireNonNull(ref.get());
    }

    private void awaitEnd(String start) {
        until(() -> ends.stream().anyMatch(end -> end.startsWith(start)), () -> "no '" + start + "' in " + ends);
    }

    private @Nullable ActorRef<Channel.Command> listener;
    private @Nullable ActorRef<Channel.Command> connector;

    private ActorRef<Channel.Command> listener() {
        return Objects.requireNonNull(listener);
    }

    private ActorRef<Channel.Command> connector() {
        return Objects.requireNonNull(connector);
    }

    private void connect(ActorTestKit parents, ActorTestKit children) {
        listener = open(parents, "listener", Channel.listen(() -> parent));
        connector = open(children, "connector", Channel.connect(listener(), () -> child));
    }

    private void connect(String... lines) {
        ActorTestKit kit = kit(lines);
        connect(kit, kit);
    }

    private void connectedLeaf(String... lines) {
        connect(lines);
        parent.construct();
        child.await("leaf started");
        parent.await("leaf started");
    }

    // --- I7: the window ---------------------------------------------------------------------------------------------

    @Test
    void i7_sidesWithDifferentActorWindows_goOn() {
        ActorTestKit parents = kit("peili.ipc.actor-window=16");
        connect(parents, kit("peili.ipc.actor-window=1024"));
        ProtocolActor<Leaf> actor = parent.construct();
        child.await("leaf started");
        flood(() -> actor.send(new Leaf.Say(1)), 100, actor::isWritable);
    }

    @Test
    void i7_sidesWithDifferentChannelWindows_goOn() {
        ActorTestKit parents = kit("peili.ipc.channel-window=64 KiB");
        connect(parents, kit("peili.ipc.channel-window=16 MiB"));
        ProtocolActor<Leaf> actor = parent.construct();
        child.await("leaf started");
        String text = "x".repeat(10_000);
        flood(() -> actor.send(new Leaf.Plain(text)), 100, actor::isWritable);
    }

    private static void flood(Runnable send, int count, Supplier<Boolean> isWritable) {
        for (int i = 0; i < count; i++) {
            int at = i;
            until(isWritable, () -> "stuck for ever at message " + at + ", with a receiver that is idle");
            send.run();
        }
    }

    @Test
    void i7_constructorsAfterTheManagersEnd_leaveRoom() {
        connect("peili.ipc.channel-window=64 KiB");
        ProtocolActor<Leaf> leaf = parent.construct();
        child.await("leaf started");
        // Closed before the endpoint spawns: every constructor fails at the endpoint.
        for (int i = 0; i < 60; i++) {
            parent.inTop((context, self) -> {
                Groups groups = Groups.get(context.getSystem());
                Tab tab = groups.openTab();
                EventTarget target = tab.tabGroup().eventTargetFor(TaskCategory.UI);
                for (int j = 0; j < 50; j++) {
                    ProtocolActor<Leaf> made = self.make(LEAF, parent.leaf);
                    self.setEventTargetForActor(made, target);
                    try {
                        self.sendConstructor(made, new Leaf.Open("x".repeat(50)));
                        made.send(new Leaf.Say(1));
                    } catch (ChannelFullException full) {
                        break;
                    }
                    if (j == 0) {
                        tab.close();
                        break;
                    }
                }
                return 0;
            });
        }
        until(leaf::isWritable, () -> "stuck");
        flood(() -> leaf.send(new Leaf.Say(1)), 3000, leaf::isWritable);
    }

    // --- I5: told why, once -----------------------------------------------------------------------------------------

    private void childsLeafFails(BiFunction<ActorContext<Object>, ProtocolActor<?>, Behavior<Object>> code) {
        child.await("leaf started");
        Objects.requireNonNull(child.leafRef.get()).tell(new Run(code));
    }

    private void expectFailedOnBothSides() {
        parent.await("leaf destroyed");
        assertThat(parent.log).anyMatch(line -> line.startsWith("leaf destroyed FAILED"));
        child.await("leaf destroyed");
        assertThat(child.log).anyMatch(line -> line.startsWith("leaf destroyed FAILED"));
    }

    private void expectCloses() {
        connector().tell(new Channel.Close());
        awaitEnd("connector ended");
    }

    @Test
    void i5_failureWhileUnstashing_isToldAndTheChannelCloses() {
        child.leaf = self -> Behaviors.withStash(
                10,
                stash -> Behaviors.setup(context -> {
                    child.log.add("leaf started");
                    child.leafRef.set(context.getSelf());
                    return Behaviors.receive(Object.class)
                            .onMessage(Leaf.Say.class, say -> {
                                stash.stash(say);
                                return Behaviors.same();
                            })
                            .onMessage(
                                    Leaf.Nothing.class,
                                    nothing -> stash.unstashAll(Behaviors.receive(Object.class)
                                            .onMessage(Leaf.Say.class, say -> {
                                                throw new IllegalStateException("while unstashing");
                                            })
                                            .onSignal(ActorDestroy.class, why -> {
                                                child.log.add("leaf destroyed " + why.why());
                                                return Behaviors.same();
                                            })
                                            .build()))
                            .build();
                }));
        connect();
        ProtocolActor<Leaf> leaf = parent.construct();
        leaf.send(new Leaf.Say(1));
        leaf.send(new Leaf.Nothing());
        parent.await("leaf destroyed FAILED");
        child.await("leaf destroyed FAILED");
        expectCloses();
    }

    @Test
    void i5_errorInTheHandlerOfActorDestroy_letsTheChannelClose() {
        child.leaf = self -> Behaviors.setup(context -> {
            child.log.add("leaf started");
            return Behaviors.receive(Object.class)
                    .onSignal(ActorDestroy.class, why -> {
                        throw new AssertionError("in ActorDestroy");
                    })
                    .onSignal(PostStop.class, stop -> {
                        child.log.add("leaf stopped");
                        return Behaviors.same();
                    })
                    .build();
        });
        connectedLeaf();
        expectCloses();
    }

    @Test
    void i5_errorInPostStop_letsTheChannelClose() {
        child.leaf = self -> Behaviors.setup(context -> {
            child.log.add("leaf started");
            return Behaviors.receive(Object.class)
                    .onSignal(PostStop.class, stop -> {
                        throw new AssertionError("in PostStop");
                    })
                    .build();
        });
        connectedLeaf();
        expectCloses();
    }

    @Test
    void i5_deathPact_isAFailure() {
        connectedLeaf();
        childsLeafFails((context, self) -> {
            context.watch(context.spawnAnonymous(Behaviors.stopped()));
            return Behaviors.same();
        });
        expectFailedOnBothSides();
    }

    @Test
    void i5_stoppedWithACallback_isDeletedOnBothSides() {
        connectedLeaf();
        childsLeafFails((context, self) -> Behaviors.stopped(() -> child.log.add("leaf callback")));
        parent.await("leaf destroyed DELETED");
        child.await("leaf callback");
        assertThat(child.log.toString()).contains("destroyed DELETED");
        expectCloses();
    }

    @Test
    void i5_behaviorThatStopsInItsSetup_isDeletedOnTheOtherSide() {
        child.leaf = self -> Behaviors.setup(context -> Behaviors.stopped());
        connect();
        parent.construct();
        parent.await("leaf destroyed DELETED");
        expectCloses();
    }

    @Test
    void i5_supervisionThatRestarts_goesOn() {
        child.leaf = self -> Behaviors.supervise(child.agent("leaf", self)).onFailure(SupervisorStrategy.restart());
        connect();
        ProtocolActor<Leaf> leaf = parent.construct();
        childsLeafFails((context, self) -> {
            throw new IllegalStateException("again");
        });
        until(() -> child.log.stream().filter("leaf started"::equals).count() == 2, () -> child.log.toString());
        leaf.send(new Leaf.Say(7));
        child.await("leaf Say[number=7]");
        expectCloses();
        assertThat(child.log.stream().filter(line -> line.startsWith("leaf destroyed")))
                .hasSize(1);
    }

    @Test
    void i5_supervisionThatStops_isAFailure() {
        child.leaf = self -> Behaviors.supervise(child.agent("leaf", self)).onFailure(SupervisorStrategy.stop());
        connect();
        parent.construct();
        childsLeafFails((context, self) -> {
            throw new IllegalStateException("stop");
        });
        expectFailedOnBothSides();
        expectCloses();
    }

    @Test
    void i5_restartWithBackoffFromSetup_letsTheChannelClose() {
        child.leaf = self -> Behaviors.supervise(Behaviors.setup(context -> {
                    child.log.add("leaf tried");
                    throw new IllegalStateException("never");
                }))
                .onFailure(SupervisorStrategy.restartWithBackoff(Duration.ofMillis(50), Duration.ofMillis(50), 0));
        connect();
        parent.construct();
        until(() -> child.log.stream().filter("leaf tried"::equals).count() >= 2, () -> child.log.toString());
        expectCloses();
    }

    // --- Code of the user's on the I/O dispatcher -------------------------------------------------------------------

    @Test
    void i2_errorInGetMessageEventTarget_failsThatActorOnly() {
        child.choose = message -> {
            throw new AssertionError("no target");
        };
        connect();
        parent.construct();
        parent.await("leaf destroyed");
        assertThat(parent.log.toString()).contains("leaf destroyed FAILED");
    }

    @Test
    void i6_recordThatThrowsAnError_closesTheChannelWithAnErrorThatNamesTheFrame() {
        connect();
        ProtocolActor<Leaf> leaf = parent.construct();
        child.await("leaf started");
        leaf.send(new Leaf.Picky(13));
        awaitEnd("connector failed");
        assertThat(ends.toString()).contains("frame ").contains("ChannelClosedException");
    }

    @Test
    void listenerWhoseEndpointHasCrashed_canBeClosed() {
        connect();
        parent.await("top started");
        org.apache.pekko.actor.typed.javadsl.Adapter.toClassic(kits.get(0).system())
                .actorSelection("/user/*/listener/endpoint-1")
                .tell(org.apache.pekko.actor.Kill.getInstance(), org.apache.pekko.actor.ActorRef.noSender());
        awaitEnd("connector");
        listener().tell(new Channel.Close());
        awaitEnd("listener ended");
    }

    @Test
    @SuppressWarnings("NullAway")
    void eventTargetThatIsNull_isToldToTheConnector() {
        parent.target = groups -> null;
        connect();
        awaitEnd("connector failed");
        listener().tell(new Channel.Close());
        awaitEnd("listener ended");
    }

    @Test
    @SuppressWarnings("NullAway")
    void supplierOfNull_refusesThatChannel() {
        ActorTestKit kit = kit();
        listener = open(kit, "listener", Channel.listen(() -> null));
        connector = open(kit, "connector", Channel.connect(listener(), () -> child));
        awaitEnd("connector failed");
        assertThat(ends.toString()).contains("ChannelClosedException").doesNotContain("listener failed");
    }

    @Test
    void supplierOfTheSameSideAgain_refusesThatChannel() {
        ActorTestKit kit = kit();
        listener = open(kit, "listener", Channel.listen(() -> parent));
        connector = open(kit, "connector", Channel.connect(listener(), () -> child));
        child.await("top started");
        open(kit, "second", Channel.connect(listener(), () -> new Half(Side.CHILD)));
        awaitEnd("second failed");
        assertThat(ends.toString())
                .contains("has to make a new one")
                .doesNotContain("connector failed", "listener ended");
    }

    @Test
    void supplierThatThrowsAnError_refusesThatChannel() {
        ActorTestKit kit = kit();
        listener = open(kit, "listener", Channel.listen(() -> {
            throw new AssertionError("no side");
        }));
        connector = open(kit, "connector", Channel.connect(listener(), () -> child));
        awaitEnd("connector failed");
        assertThat(ends.toString()).contains("ChannelClosedException").doesNotContain("listener failed");
    }

    @Test
    void eventTargetThatThrowsAtTheConnector_failsItOnce() {
        ActorTestKit kit = kit();
        AtomicInteger made = new AtomicInteger();
        listener = open(kit, "listener", Channel.listen(() -> new Half(Side.PARENT)));
        connector = open(
                kit,
                "connector",
                Behaviors.supervise(Channel.connect(listener, () -> {
                            made.incrementAndGet();
                            Half half = new Half(Side.CHILD);
                            if (made.get() == 1) {
                                half.target = groups -> {
                                    throw new IllegalStateException("the first time only");
                                };
                            }
                            return half;
                        }))
                        .onFailure(SupervisorStrategy.restart()));
        until(() -> made.get() >= 2, () -> "no restart");
        kit.createTestProbe().expectNoMessage(Duration.ofSeconds(1));
        assertThat(made).hasValue(2);
    }

    @Test
    void i1_targetInAnotherSystem_isRefused() {
        ActorTestKit other = kit();
        Tab foreign = Groups.get(other.system()).openTab();
        child.choose = message -> Optional.of(foreign.tabGroup().eventTargetFor(TaskCategory.UI));
        ActorTestKit kit = kit();
        List<Tab> own = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            own.add(Groups.get(kit.system()).openTab());
        }
        AtomicReference<String> where = new AtomicReference<>();
        child.leaf = self -> Behaviors.setup(context -> {
            SchedulerGroup group = SchedulerGroup.current().orElseThrow();
            where.set(group + " own: " + own.stream().anyMatch(tab -> tab.tabGroup() == group));
            return child.agent("leaf", self);
        });
        connect(kit, kit);
        parent.construct();
        until(
                () -> where.get() != null || parent.log.toString().contains("leaf destroyed"),
                () -> "nothing: " + parent.log);
        assertThat(where.get()).as("it runs in another group than was chosen").isNull();
    }

    // --- Protocols and messages -------------------------------------------------------------------------------------

    @Test
    void protocol_nameForPeople_mayHaveASpace() {
        Protocol<Top> protocol = Protocol.named("Web content", Top.class);
        AtomicInteger started = new AtomicInteger();
        ActorTestKit kit = kit();
        final class Named extends TopLevelProtocol<Top> {
            Named(Side side) {
                super(protocol, side);
            }

            @Override
            protected Behavior<Object> create(ProtocolActor<Top> self) {
                return Behaviors.setup(context -> {
                    started.incrementAndGet();
                    return Behaviors.empty();
                });
            }
        }
        listener = open(kit, "listener", Channel.listen(() -> new Named(Side.PARENT)));
        connector = open(kit, "connector", Channel.connect(listener, () -> new Named(Side.CHILD)));
        until(() -> started.get() == 2, () -> "not started: " + ends);
    }

    @Test
    void protocol_recordOfTwoProtocols_constructsTheRightOne() {
        AtomicReference<String> made = new AtomicReference<>();
        child.leaf = self -> {
            made.set(self.protocol().name());
            return child.agent("leaf", self);
        };
        connect();
        parent.inTop((context, self) -> {
            ProtocolActor<Twig> twig = self.make(TWIG, its -> parent.agent("leaf", its));
            self.sendConstructor(twig, new Leaf.Both("a twig"));
            return 0;
        });
        until(() -> made.get() != null || parent.log.toString().contains("leaf destroyed"), () -> "nothing");
        // Nothing was said about PTwig with this record: FAILED, or a PTwig; but no PLeaf.
        assertThat(made.get()).isNotEqualTo("PLeaf");
    }

    @Test
    void messages_ofManyKinds_cross() {
        connectedLeaf();
        TestProbe<String> probe = kits.get(0).createTestProbe(String.class);
        List<Leaf> all = List.of(
                new Leaf.Nothing(),
                Leaf.Mood.BAD,
                new Leaf.Rich(
                        null, Optional.of("x"), Duration.ofMillis(5), List.of(Side.CHILD), new byte[] {1}, probe.ref()),
                new Leaf.Rich(null, Optional.empty(), Duration.ZERO, List.of(), new byte[0], probe.ref()),
                new Leaf.Deep.Deeper.Deepest(Long.MIN_VALUE),
                new Leaf.Plain("\ud83d\ude00 äö"));
        for (Leaf leaf : all) {
            int before = child.log.size();
            parent.inLeaf((context, self) -> {
                self.send(cast(leaf));
                return 0;
            });
            until(() -> child.log.size() > before || !ends.isEmpty(), () -> leaf + " was lost");
            assertThat(ends).as(leaf.toString()).isEmpty();
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <M> M cast(Object message) {
        return (M) message;
    }

    /** A serializer for one type, whose manifest is empty; many are. */
    public static final class OneType extends SerializerWithStringManifest {
        /** Called by Pekko. */
        public OneType() {}

        @Override
        public int identifier() {
            return 424242;
        }

        @Override
        public String manifest(Object message) {
            return "";
        }

        @Override
        public byte[] toBinary(Object message) {
            return ((Leaf.Plain) message).text().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Object fromBinary(byte[] bytes, String manifest) {
            if (!manifest.isEmpty()) {
                throw new IllegalArgumentException("another manifest than was written: " + manifest);
            }
            return new Leaf.Plain(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    @Test
    void serializerWithAnEmptyManifest_isGivenItBack() {
        connectedLeaf(
                "pekko.actor.serializers.one = \"" + OneType.class.getName() + "\"",
                "pekko.actor.serialization-bindings.\"dev.peili.ipc.TrapsTest$Leaf$Plain\" = one");
        parent.inLeaf((context, self) -> {
            self.send(cast(new Leaf.Plain("hello")));
            return 0;
        });
        child.await("leaf Plain[text=hello]");
    }

    @Test
    void serializeMessagesOfPekko_mayBeOn() {
        connectedLeaf("pekko.actor.serialize-messages=on");
    }

    @Test
    void serializeMessagesOfPekko_mayBeOnInDirectMode() {
        connectedLeaf("pekko.actor.serialize-messages=on", DIRECT);
    }

    // --- Sending from other threads ---------------------------------------------------------------------------------

    @Test
    void i4_messageThatIsSentAsSoonAsTheActorIsLive_arrives() throws Exception {
        connect("peili.ipc.actor-window=16384");
        int tries = 3000;
        AtomicReference<ProtocolActor<Leaf>> made = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(1);
        AtomicInteger sent = new AtomicInteger();
        Thread sender = new Thread(() -> {
            ProtocolActor<Leaf> last = null;
            while (sent.get() < tries) {
                ProtocolActor<Leaf> next = made.get();
                if (next != null && next != last && next.isLive()) {
                    next.send(new Leaf.Say(sent.incrementAndGet()));
                    last = next;
                }
            }
            done.countDown();
        });
        sender.setDaemon(true);
        sender.start();
        for (int i = 0; i < tries; i++) {
            int at = i;
            parent.inTop((context, self) -> {
                ProtocolActor<Leaf> one = self.make(LEAF, its -> Behaviors.empty());
                made.set(one);
                self.sendConstructor(one, new Leaf.Open(""));
                return 0;
            });
            until(() -> sent.get() > at, () -> "not sent");
        }
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        until(
                () -> child.log.stream()
                                .filter(line -> line.startsWith("leaf Say"))
                                .count()
                        == tries,
                () -> "of " + tries + " messages there are only "
                        + child.log.stream()
                                .filter(line -> line.startsWith("leaf Say"))
                                .count());
    }

    // --- The opener -------------------------------------------------------------------------------------------------

    @Test
    void i5_openerThatIsStoppedWhileAGroupIsSuspended_tellsTheOtherSide() {
        connectedLeaf();
        SchedulerGroup group = child.inTop((context, self) -> self.eventTarget().group());
        group.suspend();
        try {
            org.apache.pekko.actor.typed.javadsl.Adapter.toClassic(kits.get(0).system())
                    .stop(org.apache.pekko.actor.typed.javadsl.Adapter.toClassic(connector()));
        } catch (RuntimeException e) {
            // Only a guardian may; stop it as its parent would.
            ((org.apache.pekko.actor.InternalActorRef)
                            org.apache.pekko.actor.typed.javadsl.Adapter.toClassic(connector()))
                    .stop();
        }
        try {
            parent.await("top destroyed CHANNEL_CLOSED");
        } finally {
            group.resume();
        }
    }

    @Test
    void connectorThatRestarts_opensANewChannel() {
        ActorTestKit kit = kit();
        List<Half> parents = new CopyOnWriteArrayList<>();
        List<Half> children = new CopyOnWriteArrayList<>();
        listener = open(kit, "listener", Channel.listen(() -> {
            Half half = new Half(Side.PARENT);
            parents.add(half);
            return half;
        }));
        connector = open(
                kit,
                "connector",
                Behaviors.supervise(Channel.connect(listener, () -> {
                            Half half = new Half(Side.CHILD);
                            children.add(half);
                            return half;
                        }))
                        .onFailure(SupervisorStrategy.restart()));
        until(() -> !children.isEmpty() && !parents.isEmpty(), () -> "not opened");
        children.get(0).await("top started");
        parents.get(0).await("top started");
        Objects.requireNonNull(parents.get(0).topRef.get()).tell(new Run((context, self) -> {
            throw new IllegalStateException("on demand");
        }));
        until(() -> children.size() == 2 && parents.size() == 2, () -> "not opened again: " + ends);
        children.get(1).await("top started");
        parents.get(1).await("top started");
        parents.get(1).construct();
        children.get(1).await("leaf started");
    }

    @Test
    void i5_systemThatTerminates_tellsTheOtherSide() {
        ActorTestKit children = kit();
        connect(kit(), children);
        parent.construct();
        child.await("leaf started");
        children.system().terminate();
        parent.await("leaf destroyed");
        parent.await("top destroyed");
        child.await("top destroyed");
    }

    // --- Settings ---------------------------------------------------------------------------------------------------

    private static void rejected(ActorTestKit kit, String key) {
        assertThatThrownBy(() -> IpcSettings.of(kit.system()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key);
    }

    @Test
    void settings_heartbeatIntervalAboveItsTimeout_isRefused() {
        rejected(kit("peili.ipc.heartbeat.interval=10s", "peili.ipc.heartbeat.timeout=5s"), "heartbeat");
    }

    @Test
    void settings_heartbeatIntervalOfItsTimeout_isRefused() {
        rejected(kit("peili.ipc.heartbeat.interval=10s"), "heartbeat");
    }

    @Test
    void settings_packetsThatArteryDrops_areRefused() {
        IpcSettings settings = IpcSettings.of(kit("peili.ipc.packet-size=1 MiB").system());
        assertThat(settings.problemWithArtery(
                        ConfigFactory.parseString("pekko.remote.artery.advanced.maximum-frame-size = 256 KiB")))
                .contains("packet-size");
    }

    @Test
    void handshake_refusalWithALongReason_isSerialized() {
        ChannelSerializer serializer = new ChannelSerializer((org.apache.pekko.actor.ExtendedActorSystem)
                org.apache.pekko.actor.typed.javadsl.Adapter.toClassic(kit().system()));
        assertThat(serializer.toBinary(new Handshake.Refuse("x".repeat(70_000))))
                .isNotEmpty();
    }

    // --- Units ------------------------------------------------------------------------------------------------------

    @Test
    void window_refusedSenders_areToldInTheEnd() throws Exception {
        for (int round = 0; round < 300; round++) {
            Window window = new Window(4);
            int threads = 8;
            AtomicInteger sent = new AtomicInteger();
            AtomicInteger waiting = new AtomicInteger();
            List<Thread> senders = new ArrayList<>();
            Consumer<Integer> sending = count -> {
                for (int i = 0; i < count; i++) {
                    if (!window.tryAcquire()) {
                        window.await();
                        if (!window.tryAcquire()) {
                            waiting.incrementAndGet();
                            return;
                        }
                    }
                    sent.incrementAndGet();
                }
            };
            for (int i = 0; i < threads; i++) {
                Thread thread = new Thread(() -> sending.accept(2000));
                senders.add(thread);
                thread.start();
            }
            boolean told = false;
            while (senders.stream().anyMatch(Thread::isAlive)) {
                window.handled(sent.get());
                told |= window.shouldTell();
            }
            for (Thread thread : senders) {
                thread.join();
            }
            window.handled(sent.get());
            // The receiver has nothing more to report, as it has reported the last message before.
            if (waiting.get() > 0) {
                assertThat(told || window.shouldTell()).isTrue();
            }
        }
    }
}
