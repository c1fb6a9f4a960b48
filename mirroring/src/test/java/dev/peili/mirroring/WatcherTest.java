package dev.peili.mirroring;

import static dev.peili.mirroring.Puppet.NUMBER;
import static dev.peili.mirroring.Puppet.TEXT;
import static dev.peili.mirroring.Puppet.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.peili.mirroring.Puppet.Blunder;
import dev.peili.mirroring.Puppet.Owner;
import dev.peili.mirroring.Puppet.Viewer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When watchers run: promises M3 and M7. */
final class WatcherTest {
    @RegisterExtension
    static final Kits KITS = new Kits();

    private final ActorTestKit kit = KITS.kit();
    private final Owner owner = new Owner(kit);
    private final TestProbe<String> told = kit.createTestProbe();

    private Watcher watch(Puppet.Scope scope, String name, Watchable first, Watchable... others) {
        return scope.mirroring()
                .watch(
                        () -> told.ref()
                                .tell(name + " " + owner.number().get()
                                        + owner.text().get()),
                        first,
                        others);
    }

    private void toldNothingElse() {
        owner.turn(scope -> told.ref().tell("nothing else"));
        told.expectMessage("nothing else");
    }

    @Test
    void m3_callbackThatWatchesTwoValues_runsOnceAfterAllChanges() {
        owner.turn(scope -> watch(scope, "both", owner.number(), owner.text(), owner.number()));
        owner.turn(scope -> {
            owner.number().set(1);
            owner.text().set("b");
            owner.number().set(2);
        });
        told.expectMessage("both 2b");
        toldNothingElse();
    }

    @Test
    void m3_mirrorsOfTwoOwners_tellTheirWatcherOncePerUpdate() {
        Viewer viewer = new Viewer(kit);
        Owner second = new Owner(kit);
        owner.turn(scope -> owner.number().connect(viewer.ref, NUMBER));
        viewer.seen.expectMessage("0");
        second.turn(scope -> second.text().connect(viewer.ref, TEXT));
        viewer.seen.expectMessage("0a");
        viewer.seen.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void initialValue_isNoChangeForACanonical() {
        owner.turn(scope -> {
            Canonical<Integer> other = scope.mirroring().canonical("other", 1);
            watch(scope, "other", other);
        });
        toldNothingElse();
    }

    @Test
    void firstState_isAChangeForAMirrorEvenIfItEqualsTheDefault() {
        TestProbe<String> seen = kit.createTestProbe();
        var viewer = kit.spawn(Puppet.create(scope -> {
            Mirror<Integer> number = scope.mirroring().mirror(NUMBER, 0);
            scope.mirroring().watch(() -> seen.ref().tell("first " + number.get()), number);
        }));
        owner.turn(scope -> owner.number().connect(viewer, NUMBER));
        seen.expectMessage("first 0");
    }

    @Test
    void watcherThatCameLater_isToldOfTheCurrentValueIfItAsks() {
        Viewer viewer = new Viewer(kit);
        owner.connect(viewer);
        TestProbe<String> late = kit.createTestProbe();
        turn(viewer.ref, scope -> {
            scope.mirroring().watch(() -> late.ref().tell("silent"), viewer.number());
            scope.mirroring()
                    .watch(() -> late.ref().tell("asked " + viewer.number().get()), viewer.number())
                    .notifyCurrent();
        });
        late.expectMessage("asked 0");
        late.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void cancelledInTheTurnOfTheChange_doesNotRun() {
        owner.turn(scope -> {
            Watcher watcher = watch(scope, "cancelled", owner.number());
            owner.number().set(1);
            watcher.cancel();
            watcher.cancel();
            watcher.notifyCurrent();
        });
        toldNothingElse();
    }

    @Test
    void cancelledByAWatcherThatRanBefore_doesNotRun() {
        owner.turn(scope -> {
            List<Watcher> later = new ArrayList<>();
            scope.mirroring().watch(() -> later.forEach(Watcher::cancel), owner.number());
            later.add(watch(scope, "later", owner.number()));
            owner.number().set(1);
        });
        toldNothingElse();
    }

    @Test
    void addedByAWatcher_runsWithTheNextChange() {
        owner.turn(scope -> {
            List<Watcher> added = new ArrayList<>();
            scope.mirroring()
                    .watch(
                            () -> {
                                if (added.isEmpty()) {
                                    added.add(watch(scope, "added", owner.number()));
                                }
                            },
                            owner.number());
            owner.number().set(1);
        });
        toldNothingElse();
        owner.set(2);
        told.expectMessage("added 2a");
    }

    @Test
    void m3_setInAWatcher_eachIsToldOfTheFinalValueOnce() {
        owner.turn(scope -> {
            scope.mirroring()
                    .watch(
                            () -> {
                                told.ref().tell("even " + owner.number().get());
                                owner.number().update(value -> value + value % 2);
                            },
                            owner.number());
            watch(scope, "plain", owner.number());
        });
        owner.set(3);
        told.expectMessage("even 3");
        told.expectMessage("plain 4a");
        told.expectMessage("even 4");
        toldNothingElse();
    }

    @Test
    void m3_whatAWatcherDerives_isPublishedInTheSameMessage() {
        Viewer viewer = new Viewer(kit);
        owner.connect(viewer);
        owner.turn(scope -> scope.mirroring()
                .watch(() -> owner.text().set("v" + owner.number().get()), owner.number()));
        for (int i = 1; i <= 20; i++) {
            owner.set(i);
            viewer.seen.expectMessage(i + "v" + i);
        }
    }

    @Test
    void watchersThatNeverComeToRest_failTheTurnWithTheirNames() {
        owner.turn(scope -> scope.mirroring().watch(() -> owner.number().update(value -> value + 1), owner.number()));
        LoggingTestKit.error("canonical 'number' of " + owner.ref.path().toStringWithoutAddress())
                .withMessageContains("after 100 rounds")
                .withOccurrences(1)
                .expect(kit.system(), () -> {
                    owner.ref.tell(new Puppet.Do(scope -> owner.number().set(1)));
                    return true;
                });
    }

    @Test
    void m7_watcherThatThrows_failsTheTurnAndNobodyElseIsTold() {
        owner.turn(scope -> {
            boolean[] blunders = {true};
            scope.mirroring()
                    .watch(
                            () -> {
                                if (blunders[0]) {
                                    blunders[0] = false;
                                    throw new Blunder();
                                }
                            },
                            owner.number());
            watch(scope, "second", owner.number());
        });
        owner.set(1);
        toldNothingElse();
        assertThat(owner.<Integer>ask(scope -> owner.number().get())).isZero();
        owner.set(2);
        told.expectMessage("second 2a");
    }

    @Test
    void watcherOfAMirrorBesideOneThatThrows_isToldInTheNextTurn() {
        TestProbe<String> seen = kit.createTestProbe();
        var viewer = kit.spawn(org.apache.pekko.actor.typed.javadsl.Behaviors.supervise(Puppet.create(scope -> {
                    Mirror<Integer> number = scope.mirroring().mirror(NUMBER, -1);
                    scope.mirroring()
                            .watch(
                                    () -> {
                                        throw new Blunder();
                                    },
                                    number);
                    scope.mirroring().watch(() -> seen.ref().tell("second " + number.get()), number);
                }))
                .onFailure(
                        Blunder.class,
                        org.apache.pekko.actor.typed.SupervisorStrategy.resume().withLoggingEnabled(false)));
        owner.turn(scope -> owner.number().connect(viewer, NUMBER));
        Puppet.settle(viewer);
        seen.expectMessage("second 0");
        Puppet.settle(viewer);
        seen.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void m7_watcherMadeInATurnThatThrows_isGone() {
        owner.turn(scope -> {
            watch(scope, "gone", owner.number());
            throw new Blunder();
        });
        owner.set(1);
        toldNothingElse();
    }

    @Test
    void watchingWhatBelongsToAnother_isAnError() {
        Owner second = new Owner(kit);
        Throwable failure =
                Puppet.failure(second.ref, scope -> scope.mirroring().watch(() -> {}, owner.number()));
        assertThat(failure)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(owner.ref.path().toStringWithoutAddress())
                .hasMessageContaining(second.ref.path().toStringWithoutAddress())
                .hasMessageContaining("mirror it there");
        assertThat(catchThrowable(() -> owner.number().mirrors())).isInstanceOf(IllegalStateException.class);
    }
}
