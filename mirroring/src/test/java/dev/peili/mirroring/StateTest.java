package dev.peili.mirroring;

import static dev.peili.mirroring.Puppet.NUMBER;
import static dev.peili.mirroring.Puppet.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.mirroring.Puppet.Blunder;
import dev.peili.mirroring.Puppet.Do;
import dev.peili.mirroring.Puppet.Owner;
import dev.peili.mirroring.Puppet.Viewer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What mirrors show, and when: promises M1, M2, M3, M4 and M7. */
final class StateTest {
    @RegisterExtension
    static final Kits KITS = new Kits();

    private final ActorTestKit kit = KITS.kit();
    private final Viewer viewer = new Viewer(kit);
    private final Owner owner = new Owner(kit);

    private MirroringSnapshot.Link link() {
        return Mirroring.snapshot(kit.system()).links().stream()
                .filter(link -> link.owner().equals(owner.ref.path().toStringWithoutAddress()))
                .filter(link -> link.target().equals(viewer.ref.path().toStringWithoutAddress()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void m1_connectSetSet_isOneMessageWithTheLastValues() {
        owner.turn(scope -> {
            owner.number().connect(viewer.ref, NUMBER);
            owner.number().set(1);
            owner.text().connect(viewer.ref, TEXT);
            owner.text().set("b");
            owner.number().set(2);
        });
        viewer.seen.expectMessage("2b");
        viewer.seen.expectNoMessage(Duration.ofMillis(50));
        assertThat(link().counts().updatesSent()).isEqualTo(1);
    }

    @Test
    void m1_actorJustSpawned_getsItsStateBeforeAnyMessage() {
        TestProbe<Integer> seen = kit.createTestProbe();
        owner.turn(scope -> {
            Mirror<?>[] mirror = new Mirror<?>[1];
            ActorRef<Do> child = scope.context()
                    .spawnAnonymous(
                            Puppet.create(inner -> mirror[0] = inner.mirroring().mirror(NUMBER)));
            scope.mirroring().tell(child, new Do(inner -> seen.ref().tell((Integer) mirror[0].get())));
            owner.number().set(7);
            owner.number().connect(child, NUMBER);
        });
        seen.expectMessage(7);
    }

    @Test
    void m2_messageAfterSet_isHandledWithThatState() {
        owner.connect(viewer);
        for (int round = 1; round <= 1_000; round++) {
            int value = round;
            owner.ref.tell(new Do(scope -> {
                owner.number().set(value);
                scope.mirroring().tell(viewer.ref, new Do(inner -> {
                    if (viewer.number().get() < value) {
                        viewer.seen.ref().tell("stale " + viewer.number().get() + " in round " + value);
                    }
                }));
            }));
        }
        owner.ref.tell(new Do(scope -> scope.mirroring()
                .tell(viewer.ref, new Do(inner -> viewer.seen.ref().tell("end")))));
        for (String seen = viewer.seen.receiveMessage(); !seen.equals("end"); seen = viewer.seen.receiveMessage()) {
            assertThat(seen).doesNotContain("stale");
        }
    }

    @Test
    void m2_subscriptionThatRacesASet_neverStaysAtTheOldValue() {
        for (int round = 0; round < 500; round++) {
            Viewer late = new Viewer(kit);
            int value = round + 1;
            owner.ref.tell(new Do(scope -> owner.number().connect(late.ref, NUMBER)));
            owner.ref.tell(new Do(scope -> owner.number().set(value)));
            String first = late.seen.receiveMessage();
            assertThat(first).isIn(round + "", value + "");
            if (first.equals(round + "")) {
                late.seen.expectMessage(value + "");
            }
            kit.stop(late.ref);
        }
    }

    @Test
    void m3_changesOfOneTurn_becomeVisibleTogether() {
        owner.connect(viewer);
        for (int round = 1; round <= 1_000; round++) {
            int value = round;
            owner.ref.tell(new Do(scope -> {
                owner.number().set(value);
                owner.text().set("v" + value);
            }));
            viewer.ref.tell(viewer.look());
        }
        for (String seen = viewer.seen.receiveMessage();
                !seen.equals("1000v1000");
                seen = viewer.seen.receiveMessage()) {
            assertThat(seen).matches("(look )?(0a|(\\d+)v\\3)");
        }
    }

    @Test
    void m4_thereAndBackInOneTurn_sendsNothing() {
        owner.connect(viewer);
        long before = link().counts().updatesSent();
        owner.turn(scope -> {
            owner.number().set(1);
            owner.number().set(0);
            owner.text().set(new String("a"));
        });
        owner.turn(scope -> scope.mirroring().tell(viewer.ref, viewer.look()));
        viewer.seen.expectMessage("look 0a");
        assertThat(link().counts().updatesSent()).isEqualTo(before);
    }

    @Test
    void m4_thousandSetsInOneTurn_areOneMessage() {
        owner.connect(viewer);
        long before = link().counts().updatesSent();
        owner.turn(scope -> {
            for (int i = 1; i <= 1_000; i++) {
                owner.number().set(i);
            }
        });
        viewer.seen.expectMessage("1000a");
        assertThat(link().counts().updatesSent()).isEqualTo(before + 1);
    }

    @Test
    void m4_setConnectSetBack_leavesTheMirrorAtTheLastValue() {
        owner.turn(scope -> {
            owner.number().set(1);
            owner.number().connect(viewer.ref, NUMBER);
            owner.number().set(0);
        });
        viewer.seen.expectMessage("0");
        viewer.seen.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void m4_slowMirror_hasOneUndeliveredUpdateAndThenTheNewestTurn() {
        owner.connect(viewer);
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        viewer.ref.tell(new Do(scope -> {
            entered.countDown();
            Kits.await(gate);
        }));
        Kits.await(entered);
        MirroringSnapshot.Link before = link();
        for (int i = 1; i <= 1_000; i++) {
            int value = i;
            owner.ref.tell(new Do(scope -> {
                if (value % 2 == 0) {
                    owner.number().set(value);
                } else {
                    owner.text().set("v" + value);
                }
            }));
        }
        Puppet.settle(owner.ref);
        assertThat(link().counts().updatesSent() - before.counts().updatesSent())
                .isEqualTo(1);
        assertThat(link().counts().updatesConflated() - before.counts().updatesConflated())
                .isEqualTo(999);
        assertThat(link().undelivered()).isTrue();
        gate.countDown();
        viewer.seen.expectMessage("1000v999");
        viewer.seen.expectNoMessage(Duration.ofMillis(50));
        assertThat(link().undelivered()).isFalse();
    }

    @Test
    void m4_mirrorThatLags_doesNotHoldUpAnother() {
        owner.connect(viewer);
        Viewer slow = new Viewer(kit);
        CountDownLatch gate = new CountDownLatch(1);
        slow.ref.tell(new Do(scope -> Kits.await(gate)));
        owner.turn(scope -> owner.number().connect(slow.ref, NUMBER));
        for (int i = 1; i <= 10; i++) {
            int value = i;
            owner.turn(scope -> owner.number().set(value));
            viewer.seen.expectMessage(value + "a");
        }
        gate.countDown();
        slow.seen.expectMessage("10");
    }

    @Test
    void m7_turnThatThrows_publishesNothing() {
        owner.connect(viewer);
        owner.turn(scope -> {
            owner.number().set(1);
            owner.text().set("b");
            throw new Blunder();
        });
        assertThat(owner.<Integer>ask(scope -> owner.number().get())).isZero();
        owner.turn(scope -> owner.text().set("c"));
        viewer.seen.expectMessage("0c");
    }

    @Test
    void m7_heldMessagesOfATurnThatThrows_areSentWithoutTheUpdate() {
        owner.connect(viewer);
        owner.turn(scope -> {
            owner.number().set(1);
            scope.mirroring().tell(viewer.ref, viewer.look());
            throw new Blunder();
        });
        viewer.seen.expectMessage("look 0a");
    }

    @Test
    void m7_connectAndDisconnectOfATurnThatThrows_areUndone() {
        owner.turn(scope -> owner.number().connect(viewer.ref, NUMBER));
        viewer.seen.expectMessage("0");
        owner.turn(scope -> {
            owner.text().connect(viewer.ref, TEXT);
            owner.number().disconnectAll();
            scope.mirroring().canonical("new", 1);
            throw new Blunder();
        });
        assertThat(owner.<Integer>ask(scope -> owner.text().mirrors().count())).isZero();
        assertThat(owner.<Integer>ask(scope -> owner.number().mirrors().count()))
                .isEqualTo(1);
        owner.turn(scope -> {
            scope.mirroring().canonical("new", 1);
            owner.number().set(5);
        });
        viewer.seen.expectMessage("5");
    }

    @Test
    void m7_comparisonThatThrows_failsTheTurn() {
        record Odd() {
            @Override
            public boolean equals(Object other) {
                throw new Blunder();
            }

            @Override
            public int hashCode() {
                return 1;
            }
        }
        owner.connect(viewer);
        Canonical<?>[] odd = new Canonical<?>[1];
        owner.turn(scope -> odd[0] = scope.mirroring().canonical("odd", new Odd()));
        @SuppressWarnings("unchecked")
        Canonical<Odd> canonical = (Canonical<Odd>) odd[0];
        owner.turn(scope -> {
            owner.number().set(1);
            canonical.set(new Odd());
        });
        owner.turn(scope -> owner.text().set("b"));
        viewer.seen.expectMessage("0b");
    }
}
