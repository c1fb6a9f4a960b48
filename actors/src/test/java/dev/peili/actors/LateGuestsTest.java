package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.peili.actors.internal.dispatch.GroupMailboxType;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.dispatch.MailboxType;
import org.apache.pekko.dispatch.MessageQueue;
import org.apache.pekko.dispatch.ProducesMessageQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import scala.Option;

/** Actors that are spawned, by somebody who has the props of a group, just when the group comes to its end. */
final class LateGuestsTest {
    @RegisterExtension
    final Systems systems = new Systems();

    /** Makes the mailboxes of groups, and keeps that of the actor called "late" back until it may go on. */
    public static final class HesitantMailboxType implements MailboxType, ProducesMessageQueue<MessageQueue> {
        private static volatile CountDownLatch hesitates = new CountDownLatch(1);
        private static volatile CountDownLatch mayGoOn = new CountDownLatch(1);

        private final GroupMailboxType type;

        /** Called by Pekko. */
        public HesitantMailboxType(ActorSystem.Settings settings, Config config) {
            type = new GroupMailboxType(settings, config);
        }

        @Override
        public MessageQueue create(Option<org.apache.pekko.actor.ActorRef> owner, Option<ActorSystem> system) {
            MessageQueue queue = type.create(owner, system);
            if (owner.get().path().name().equals("late")) {
                hesitates.countDown();
                Systems.await(mayGoOn);
            }
            return queue;
        }
    }

    private record Spawn(String name, Props props) {}

    /** Spawns guests; tells the probe of their ends, and of those that were refused. */
    private static Behavior<Spawn> host(ActorRef<String> probe) {
        return Behaviors.receive((context, spawn) -> {
            try {
                context.spawn(guest(probe), spawn.name, spawn.props);
            } catch (RuntimeException refused) {
                assertThat(refused).hasRootCauseInstanceOf(RejectedExecutionException.class);
                probe.tell("end of " + spawn.name);
            }
            return Behaviors.same();
        });
    }

    private static Behavior<String> guest(ActorRef<String> probe) {
        return Behaviors.setup(context -> Behaviors.receive(String.class)
                .onSignal(PostStop.class, stop -> {
                    probe.tell("end of " + context.getSelf().path().name());
                    return Behaviors.same();
                })
                .build());
    }

    private static void awaitEnd(SchedulerGroup group) {
        Systems.await("end of " + group, () -> {
            try {
                group.props(TaskCategory.UI);
                return false;
            } catch (RejectedExecutionException e) {
                return true;
            }
        });
    }

    @Test
    void guestThatIsBeingMade_whenItsGroupStops_isStoppedToo() {
        HesitantMailboxType.hesitates = new CountDownLatch(1);
        HesitantMailboxType.mayGoOn = new CountDownLatch(1);
        Config hesitant = ConfigFactory.parseString(
                "peili.mailbox.mailbox-type = \"" + HesitantMailboxType.class.getName() + "\"");
        ActorTestKit kit = systems.start(hesitant.withFallback(Systems.config("permits = 2")));
        Document page = Systems.background(Groups.get(kit.system()));
        TestProbe<String> probe = kit.createTestProbe(String.class);
        ActorRef<Spawn> host = kit.spawn(host(probe.ref()));
        Systems.spawn(page.docGroup(), guest(probe.ref()), "early");
        host.tell(new Spawn("late", page.docGroup().props(TaskCategory.OTHER)));
        Systems.await(HesitantMailboxType.hesitates);
        page.tab().close();
        probe.expectMessage(Duration.ofSeconds(5), "end of early");
        HesitantMailboxType.mayGoOn.countDown();
        probe.expectMessage(Duration.ofSeconds(5), "end of late");
        awaitEnd(page.docGroup());
        awaitEnd(page.tab().tabGroup());
    }

    @Test
    void guests_atAnyMoment_keepNoGroupFromItsEnd() {
        long seed = Systems.seed();
        Random random = new Random(seed);
        ActorTestKit kit = systems.start(2);
        Groups groups = Groups.get(kit.system());
        TestProbe<String> probe = kit.createTestProbe(String.class);
        ActorRef<Spawn> host = kit.spawn(host(probe.ref()));
        int guests = 5;
        for (int i = 0; i < Systems.rounds(1_000, 50_000); i++) {
            Document page = Systems.background(groups);
            SchedulerGroup group =
                    random.nextBoolean() ? page.docGroup() : page.tab().tabGroup();
            for (int j = 0; j < guests; j++) {
                host.tell(new Spawn(i + "-" + j, group.props(TaskCategory.OTHER)));
            }
            Systems.spin(random.nextInt(50_000));
            page.tab().close();
            probe.receiveSeveralMessages(guests, Duration.ofSeconds(10));
            awaitEnd(page.tab().tabGroup());
        }
    }
}
