package dev.peili.mirroring;

import static dev.peili.mirroring.Puppet.EVENTS;
import static dev.peili.mirroring.Puppet.NUMBER;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.peili.actors.Groups;
import dev.peili.actors.SchedulerGroup;
import dev.peili.actors.Tab;
import dev.peili.actors.TaskCategory;
import dev.peili.actors.Turn;
import dev.peili.mirroring.Puppet.Blunder;
import dev.peili.mirroring.Puppet.Do;
import dev.peili.mirroring.Puppet.Owner;
import dev.peili.mirroring.Puppet.Viewer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Plain tells to actors in groups keep their place behind the state: promise M2. */
final class GroupTellTest {
    @RegisterExtension
    static final Kits KITS = new Kits();

    private final ActorTestKit kit = KITS.kit();
    private final Groups groups = Groups.get(kit.system());
    private final Viewer viewer = new Viewer(kit, newGroup());

    private SchedulerGroup newGroup() {
        return groups.openTab().openDocument("https://www.example.org/").docGroup();
    }

    private void tellsAfterItsState(Owner owner) {
        owner.turn(scope -> owner.number().connect(viewer.ref, NUMBER));
        for (int round = 1; round <= 2_000; round++) {
            int value = round;
            owner.ref.tell(new Do(scope -> {
                owner.number().set(value);
                viewer.ref.tell(new Do(inner -> {
                    if (viewer.number().get() < value) {
                        viewer.seen.ref().tell("stale");
                    }
                }));
            }));
        }
        Puppet.settle(owner.ref);
        Puppet.settle(viewer.ref);
        viewer.ref.tell(new Do(inner -> viewer.seen.ref().tell("end")));
        for (String seen = viewer.seen.receiveMessage(); !seen.equals("end"); seen = viewer.seen.receiveMessage()) {
            assertThat(seen).isNotEqualTo("stale");
        }
    }

    @Test
    void m2_plainTellOfAnOwnerInAGroup_followsItsState() {
        tellsAfterItsState(new Owner(kit, newGroup()));
    }

    @Test
    void m2_plainTellOfAnOwnerInNoGroup_followsItsState() {
        tellsAfterItsState(new Owner(kit));
    }

    @Test
    void m2_plainTellInTheTurnThatConnects_findsTheState() {
        Owner owner = new Owner(kit);
        for (int i = 0; i < 200; i++) {
            Viewer next = new Viewer(kit, newGroup());
            int value = i + 1;
            owner.turn(scope -> {
                owner.number().connect(next.ref, NUMBER);
                next.ref.tell(next.look());
                owner.number().set(value);
            });
            next.seen.expectMessage(value + "");
            next.seen.expectMessage("look " + value);
        }
    }

    @Test
    void m2_plainTellBeforeTheChange_isNotKeptBack() {
        Owner owner = new Owner(kit);
        owner.turn(scope -> owner.number().connect(viewer.ref, NUMBER));
        viewer.seen.expectMessage("0");
        CountDownLatch gate = new CountDownLatch(1);
        owner.ref.tell(new Do(scope -> {
            viewer.ref.tell(viewer.look());
            owner.number().set(1);
            Kits.await(gate);
        }));
        viewer.seen.expectMessage("look 0");
        gate.countDown();
        viewer.seen.expectMessage("1");
    }

    @Test
    void m2_tellToSomebodyWhoMirrorsNothing_isNotKeptBack() {
        Owner owner = new Owner(kit);
        Viewer other = new Viewer(kit, newGroup());
        owner.turn(scope -> owner.number().connect(viewer.ref, NUMBER));
        CountDownLatch gate = new CountDownLatch(1);
        owner.ref.tell(new Do(scope -> {
            owner.number().set(1);
            other.ref.tell(other.look());
            Kits.await(gate);
        }));
        other.seen.expectMessage("look -1 NEVER_CONNECTED");
        gate.countDown();
    }

    @Test
    void m7_plainTellOfATurnThatThrows_isSentWithoutTheUpdate() {
        Owner owner = new Owner(kit);
        owner.turn(scope -> owner.number().connect(viewer.ref, NUMBER));
        viewer.seen.expectMessage("0");
        owner.turn(scope -> {
            owner.number().set(1);
            viewer.ref.tell(viewer.look());
            throw new Blunder();
        });
        viewer.seen.expectMessage("look 0");
        viewer.seen.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void m2_tellAfterAnEvent_keepsItsPlaceBehindIt() {
        Owner owner = new Owner(kit);
        owner.turn(scope -> owner.events().connect(viewer.ref, EVENTS));
        owner.turn(scope -> {
            owner.events().fire(1);
            viewer.ref.tell(viewer.look());
            owner.events().fire(2);
        });
        viewer.seen.expectMessage("event 1 at -1 NEVER_CONNECTED");
        viewer.seen.expectMessage("look -1 NEVER_CONNECTED");
        viewer.seen.expectMessage("event 2 at -1 NEVER_CONNECTED");
    }

    /** A tells C and then B, which tells C. */
    @Test
    void m2_chainsOverAThirdActor_keepTheirOrder() {
        int rounds = 10_000;
        TestProbe<String> done = kit.createTestProbe();
        List<Integer> seen = new ArrayList<>();
        ActorRef<Do> c = kit.spawn(
                Puppet.create(scope -> scope.mirroring().mirror(NUMBER, 0)),
                newGroup().props(TaskCategory.OTHER));
        ActorRef<Do> b = kit.spawn(Puppet.create(), newGroup().props(TaskCategory.OTHER));
        Owner a = new Owner(kit, newGroup());
        a.turn(scope -> a.number().connect(c, NUMBER));
        for (int i = 1; i <= rounds; i++) {
            int round = i;
            a.ref.tell(new Do(scope -> {
                a.number().set(round);
                c.tell(new Do(inner -> seen.add(2 * round)));
                b.tell(new Do(inner -> c.tell(new Do(innermost -> {
                    seen.add(2 * round + 1);
                    if (round == rounds) {
                        done.ref().tell("done");
                    }
                }))));
            }));
        }
        done.expectMessage(Duration.ofSeconds(60), "done");
        List<Integer> found = Puppet.ask(c, scope -> List.copyOf(seen));
        assertThat(found).hasSize(2 * rounds);
        int[] places = new int[2 * rounds + 2];
        for (int i = 0; i < found.size(); i++) {
            places[found.get(i)] = i;
        }
        for (int round = 1; round <= rounds; round++) {
            assertThat(places[2 * round]).isLessThan(places[2 * round + 1]);
        }
    }

    record Start() {}

    @Test
    void m2_tellOfATurnOnTopOfTheOwners_isNotKeptBack() {
        ActorTestKit single = ActorTestKit.create(
                "single",
                ConfigFactory.parseString("peili.dispatcher.permits = 1").withFallback(ConfigFactory.load()));
        try {
            Groups its = Groups.get(single.system());
            Viewer behind = new Viewer(
                    single,
                    its.openTab().openDocument("https://www.example.org/").docGroup());
            Owner owner = new Owner(
                    single,
                    its.openTab().openDocument("https://www.example.org/").docGroup());
            owner.turn(scope -> owner.number().connect(behind.ref, NUMBER));
            behind.seen.expectMessage("0");
            Tab tab = its.openTab();
            tab.setVisible(true);
            AtomicBoolean ran = new AtomicBoolean();
            Behavior<Start> urgent = Behaviors.receiveMessage(start -> {
                behind.ref.tell(behind.look());
                ran.set(true);
                return Behaviors.same();
            });
            ActorRef<Start> foreground = single.spawn(
                    urgent,
                    tab.openDocument("https://www.example.com/").docGroup().props(TaskCategory.UI));
            owner.turn(scope -> {
                owner.number().set(1);
                foreground.tell(new Start());
                Kits.await("turn on top", () -> {
                    Turn.checkpoint();
                    return ran.get();
                });
            });
            behind.seen.expectMessage("look 0");
            behind.seen.expectMessage("1");
        } finally {
            single.shutdownTestKit();
        }
    }
}
