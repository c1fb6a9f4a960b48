package dev.peili.benchmarks;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.peili.mirroring.Canonical;
import dev.peili.mirroring.Mirror;
import dev.peili.mirroring.MirrorKey;
import dev.peili.mirroring.Mirroring;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ddata.GCounter;
import org.apache.pekko.cluster.ddata.GCounterKey;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.apache.pekko.cluster.ddata.typed.javadsl.ReplicatorMessageAdapter;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/**
 * How long it takes from a change, made by one actor, until 100 others in the same system have seen it; in microseconds.
 * The peer is Distributed Data in a cluster of one node, which tells its subscribers as often as it can.
 */
final class Replicated {
    private static final int SUBSCRIBERS = 100;
    private static final int CHANGES = 60;
    /** The lowest that it accepts. */
    private static final Config CLUSTER = ConfigFactory.parseString("""
            pekko.actor.provider = cluster
            pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
            pekko.cluster.distributed-data.notify-subscribers-interval = 1 ms
            pekko.cluster.downing-provider-class = ""
            pekko.loglevel = ERROR
            """);

    /** Tells an actor to make a change. */
    private record Change(long number) {}

    /** Who sees changes says so here. */
    private static final class Audience {
        private volatile CountDownLatch seen = new CountDownLatch(SUBSCRIBERS);
        private volatile long awaited;

        void sees(long number) {
            if (number == awaited) {
                seen.countDown();
            }
        }
    }

    private Replicated() {}

    static List<Measure> measures() {
        return List.of(Measure.of(
                Row.cost("mirror.vs-ddata", "us", "Distributed Data, one node", Mark.ratio(10)), Replicated::sides));
    }

    private static Sides sides(Effort effort) {
        ActorSystem<Consumer<ActorContext<?>>> mirrors = Systems.start("mirrors");
        ActorSystem<Consumer<ActorContext<?>>> cluster = Systems.start("cluster", CLUSTER);
        Cluster node = Cluster.get(cluster);
        node.manager().tell(Join.create(node.selfMember().address()));
        Audience ofMirrors = new Audience();
        Audience ofCluster = new Audience();
        ActorRef<Change> owner = owner(mirrors, ofMirrors);
        ActorRef<Change> updater = updater(cluster, ofCluster);
        long[] last = new long[2];
        int changes = effort.count(CHANGES);
        return Sides.of(
                () -> p50(owner, ofMirrors, last, 0, changes), () -> p50(updater, ofCluster, last, 1, changes), () -> {
                    Systems.stop(mirrors);
                    Systems.stop(cluster);
                });
    }

    private static double p50(ActorRef<Change> owner, Audience audience, long[] last, int side, int changes) {
        Histogram delays = new Histogram(3);
        for (int i = 0; i < changes; i++) {
            audience.awaited = ++last[side];
            audience.seen = new CountDownLatch(SUBSCRIBERS);
            long before = System.nanoTime();
            owner.tell(new Change(last[side]));
            try {
                if (!audience.seen.await(10, TimeUnit.SECONDS)) {
                    throw new IllegalStateException(
                            "change " + last[side] + " was not seen by " + audience.seen.getCount() + " subscribers");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            delays.recordValue(System.nanoTime() - before);
        }
        return delays.getValueAtPercentile(50) / 1e3;
    }

    // --- Mirrors ----------------------------------------------------------------------------------------------------

    private static final MirrorKey<Object, Long> NUMBER = MirrorKey.create("number");

    private static ActorRef<Change> owner(ActorSystem<Consumer<ActorContext<?>>> system, Audience audience) {
        List<ActorRef<Object>> viewers = new ArrayList<>();
        for (int i = 0; i < SUBSCRIBERS; i++) {
            viewers.add(Systems.spawn(system, viewer(audience), "viewer" + i, Systems.DEFAULT));
        }
        return Systems.spawn(
                system,
                Mirroring.setup((context, mirroring) -> {
                    Canonical<Long> number = mirroring.canonical("number", 0L);
                    viewers.forEach(viewer -> number.connect(viewer, NUMBER));
                    return Behaviors.receiveMessage(change -> {
                        number.set(change.number());
                        return Behaviors.same();
                    });
                }),
                "owner",
                Systems.DEFAULT);
    }

    private static Behavior<Object> viewer(Audience audience) {
        return Mirroring.setup((context, mirroring) -> {
            Mirror<Long> number = mirroring.mirror(NUMBER);
            mirroring.watch(() -> audience.sees(number.get()), number);
            return Behaviors.receiveMessage(message -> Behaviors.same());
        });
    }

    // --- Distributed Data -------------------------------------------------------------------------------------------

    private static final Key<GCounter> COUNTER = GCounterKey.create("number");

    private static ActorRef<Change> updater(ActorSystem<Consumer<ActorContext<?>>> system, Audience audience) {
        for (int i = 0; i < SUBSCRIBERS; i++) {
            Systems.spawn(system, subscriber(audience), "subscriber" + i, Systems.DEFAULT);
        }
        SelfUniqueAddress self = DistributedData.get(system).selfUniqueAddress();
        return Systems.spawn(
                system,
                Behaviors.setup(context -> DistributedData.withReplicatorMessageAdapter(
                        (ReplicatorMessageAdapter<Change, GCounter> replicator) -> Behaviors.receive(Change.class)
                                .onMessage(Change.class, change -> {
                                    if (change.number() > 0) {
                                        replicator.askUpdate(
                                                replyTo -> new Replicator.Update<>(
                                                        COUNTER,
                                                        GCounter.empty(),
                                                        Replicator.writeLocal(),
                                                        replyTo,
                                                        counter -> counter.increment(self, 1)),
                                                updated -> new Change(0));
                                    }
                                    return Behaviors.same();
                                })
                                .build())),
                "updater",
                Systems.DEFAULT);
    }

    private static Behavior<Replicator.SubscribeResponse<GCounter>> subscriber(Audience audience) {
        return Behaviors.setup(context -> {
            DistributedData.get(context.getSystem())
                    .replicator()
                    .tell(new Replicator.Subscribe<>(COUNTER, context.getSelf()));
            return Behaviors.receiveMessage(response -> {
                if (response instanceof Replicator.Changed<GCounter> changed) {
                    audience.sees(changed.get(COUNTER).getValue().longValue());
                }
                return Behaviors.same();
            });
        });
    }
}
