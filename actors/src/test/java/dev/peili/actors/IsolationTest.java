package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.actors.Systems.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Promise G1: between the start and the end of a turn, paused or not, no turn of a related group starts. */
final class IsolationTest {
    private static final TaskCategory[] CATEGORIES = TaskCategory.values();

    @RegisterExtension
    final Systems systems = new Systems();

    /** The state of one DocGroup: unguarded, and a counter that sees who is inside. */
    private static final class Territory {
        final DocGroup group;
        final AtomicInteger inside = new AtomicInteger();
        int visits;
        final List<Integer> log = new ArrayList<>();

        Territory(DocGroup group) {
            this.group = group;
        }

        void visit() {
            log.add(visits);
            visits++;
        }
    }

    /** What all turns of a test go through. */
    private static final class World {
        final List<TabGroup> tabs = new ArrayList<>();
        final List<Territory> territories = new ArrayList<>();
        final Queue<String> overlaps = new ConcurrentLinkedQueue<>();
        final AtomicInteger done = new AtomicInteger();

        void turn(SchedulerGroup group, int length) {
            List<Territory> mine = of(group);
            enter(mine, group);
            mine.forEach(Territory::visit);
            for (int i = 0; i < length; i++) {
                Systems.spin(5_000);
                Turn.checkpoint();
                if (!SchedulerGroup.current().equals(Optional.of(group))) {
                    overlaps.add("current() is " + SchedulerGroup.current() + " in " + group);
                }
            }
            mine.forEach(Territory::visit);
            mine.forEach(territory -> territory.inside.decrementAndGet());
            done.incrementAndGet();
        }

        private void enter(List<Territory> mine, SchedulerGroup group) {
            for (Territory territory : mine) {
                if (territory.inside.incrementAndGet() != 1) {
                    overlaps.add(group + " met another turn in " + territory.group);
                }
            }
        }

        private List<Territory> of(SchedulerGroup group) {
            return territories.stream()
                    .filter(territory -> territory.group.isRelatedTo(group))
                    .toList();
        }

        Behavior<Integer> actor(SchedulerGroup group) {
            return Behaviors.setup(context -> {
                turn(group, 1);
                return Behaviors.receive(Integer.class)
                        .onMessage(Integer.class, message -> {
                            turn(group, message % 4);
                            if (message > 4) {
                                context.getSelf().tell(message / 2);
                            }
                            return Behaviors.same();
                        })
                        .onSignal(PostStop.class, stop -> {
                            turn(group, 1);
                            return Behaviors.same();
                        })
                        .build();
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"2, on-top, 20ms", "4, on-top, 1ms", "2, hand-over, 1ms"})
    void relatedTurns_underLoad_neverOverlap(int permits, String pause, String slice) {
        long seed = Systems.seed();
        Groups groups = systems.groups(permits, "pause = " + pause, "hand-over-after = " + slice);
        World world = new World();
        List<Tab> tabs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Tab tab = groups.openTab();
            tabs.add(tab);
            world.tabs.add(tab.tabGroup());
            world.territories.add(
                    new Territory(tab.openDocument("https://a.example.org/").docGroup()));
            world.territories.add(
                    new Territory(tab.openDocument("https://example.com/").docGroup()));
        }
        List<SchedulerGroup> all = new ArrayList<>(world.tabs);
        world.territories.forEach(territory -> all.add(territory.group));
        List<ActorRef<Integer>> actors = new ArrayList<>();
        for (SchedulerGroup group : all) {
            for (TaskCategory category : List.of(TaskCategory.UI, TaskCategory.WORKER)) {
                actors.add(Systems.get(group.spawn(world.actor(group), "actor-" + category, category)));
            }
        }
        AtomicInteger expected = new AtomicInteger(actors.size());
        long end = System.nanoTime() + Systems.budgetNanos(16);
        Runnable[] senders = new Runnable[3];
        for (int i = 0; i < senders.length; i++) {
            Random random = new Random(seed + i);
            senders[i] = () -> {
                while (System.nanoTime() < end) {
                    send(world, groups, tabs, all, actors, expected, random);
                    Systems.await("backlog", () -> expected.get() - world.done.get() < 300);
                }
            };
        }
        Systems.inParallel(senders);
        Systems.await("all turns, seed " + seed, () -> world.done.get() == expected.get());
        tabs.forEach(Tab::close);
        expected.addAndGet(actors.size());
        Systems.await("all actors' ends, seed " + seed, () -> world.done.get() == expected.get());
        assertThat(world.overlaps).as("seed %d", seed).isEmpty();
        for (Territory territory : world.territories) {
            assertThat(territory.log).as("seed %d", seed).hasSize(territory.visits);
            for (int i = 0; i < territory.visits; i++) {
                assertThat(territory.log.get(i)).as("seed %d", seed).isEqualTo(i);
            }
        }
        assertThat(groups.pauses()).isPositive();
    }

    private static void send(
            World world,
            Groups groups,
            List<Tab> tabs,
            List<SchedulerGroup> all,
            List<ActorRef<Integer>> actors,
            AtomicInteger expected,
            Random random) {
        int dice = random.nextInt(100);
        int length = random.nextInt(20) == 0 ? 200 : random.nextInt(10);
        if (dice < 2) {
            tabs.get(random.nextInt(tabs.size())).setVisible(random.nextBoolean());
        } else if (dice < 4) {
            expected.incrementAndGet();
            TaskCategory category = CATEGORIES[random.nextInt(CATEGORIES.length)];
            groups.root().dispatch("root", category, () -> world.turn(groups.root(), length / 4));
        } else if (dice < 40) {
            int message = random.nextInt(40);
            for (int left = message; left > 4; left /= 2) {
                expected.incrementAndGet();
            }
            expected.incrementAndGet();
            actors.get(random.nextInt(actors.size())).tell(message);
        } else {
            expected.incrementAndGet();
            SchedulerGroup group = all.get(random.nextInt(all.size()));
            TaskCategory category = CATEGORIES[random.nextInt(CATEGORIES.length)];
            group.dispatch("task", category, () -> world.turn(group, length));
        }
    }

    @ParameterizedTest
    @CsvSource({"on-top", "hand-over"})
    void pausedTurn_letsNoRelatedTurnStart(String pause) {
        Groups groups = systems.groups(2, "pause = " + pause, "max-parked = 4");
        Document page = Systems.background(groups);
        Gate other = systems.occupy(Systems.foreground(groups).docGroup());
        Document urgent = Systems.foreground(groups);
        Gate onTop = systems.gate();
        CountDownLatch started = new CountDownLatch(1);
        AtomicBoolean goOn = new AtomicBoolean();
        List<String> order = new ArrayList<>();
        page.dispatch("long", TaskCategory.OTHER, () -> {
            started.countDown();
            while (!goOn.get()) {
                Turn.checkpoint();
            }
            order.add("long");
        });
        Systems.await(started);
        urgent.dispatch("urgent", TaskCategory.UI, onTop);
        onTop.awaitEntered();
        page.dispatch("same", TaskCategory.OTHER, () -> order.add("same"));
        page.tab().tabGroup().dispatch("tab", TaskCategory.OTHER, () -> order.add("tab"));
        CountDownLatch witness = new CountDownLatch(100);
        Document unrelated = Systems.background(groups);
        other.open();
        for (int i = 0; i < 100; i++) {
            unrelated.dispatch("witness", TaskCategory.OTHER, witness::countDown);
        }
        Systems.await(witness);
        goOn.set(true);
        onTop.open();
        Systems.runThrough(page.tab().tabGroup(), TaskCategory.OTHER);
        assertThat(order).containsExactly("long", "same", "tab");
    }

    @Test
    void rootTurn_waitsForEveryTurn_andEveryTurnWaitsForIt() {
        Groups groups = systems.groups(4);
        Gate first = systems.occupy(Systems.background(groups).docGroup());
        Gate second = systems.occupy(Systems.foreground(groups).tab().tabGroup());
        Gate root = systems.gate();
        Document later = Systems.foreground(groups);
        Gate after = systems.gate();
        groups.root().dispatch("root", TaskCategory.OTHER, root);
        second.open();
        systems.runLoose(20);
        assertThat(root.isEntered()).isFalse();
        first.open();
        root.awaitEntered();
        later.dispatch("after", TaskCategory.UI, after);
        later.tab().tabGroup().dispatch("after", TaskCategory.TIMER, after);
        systems.runLoose(20);
        assertThat(after.isEntered()).isFalse();
        root.open();
        after.awaitEntered();
    }

    @Test
    void actorsSetupAndEnd_areTurns() {
        Groups groups = systems.groups(2);
        Document page = Systems.background(groups);
        Document unrelated = Systems.background(groups);
        AtomicBoolean setUp = new AtomicBoolean();
        AtomicBoolean ended = new AtomicBoolean();
        Gate gate = systems.occupy(page.docGroup());
        ActorRef<String> actor = Systems.spawn(
                page.docGroup(),
                Behaviors.<String>setup(context -> {
                    setUp.set(true);
                    return Behaviors.receive(String.class)
                            .onMessageEquals("stop", Behaviors::stopped)
                            .onSignal(PostStop.class, stop -> {
                                ended.set(true);
                                return Behaviors.same();
                            })
                            .build();
                }),
                "actor");
        Systems.runThrough(unrelated.docGroup(), TaskCategory.OTHER);
        assertThat(setUp).isFalse();
        gate.open();
        Systems.await("setup", setUp::get);
        Gate again = systems.occupy(page.docGroup());
        actor.tell("stop");
        Systems.runThrough(unrelated.docGroup(), TaskCategory.OTHER);
        assertThat(ended).isFalse();
        again.open();
        Systems.await("end", ended::get);
    }

    @Test
    void tabGroupTurn_excludesItsDocumentsOnly() {
        Groups groups = systems.groups(3);
        Tab tab = groups.openTab();
        Document page = tab.openDocument("https://example.org/");
        Document frame = tab.openDocument("https://example.com/");
        Document unrelated = Systems.background(groups);
        Gate gate = systems.occupy(tab.tabGroup());
        Gate inPage = systems.gate();
        Gate inFrame = systems.gate();
        page.dispatch("page", TaskCategory.UI, inPage);
        frame.dispatch("frame", TaskCategory.NETWORK, inFrame);
        for (int i = 0; i < 50; i++) {
            Systems.runThrough(unrelated.docGroup(), TaskCategory.OTHER);
        }
        assertThat(inPage.isEntered() || inFrame.isEntered()).isFalse();
        gate.open();
        inPage.awaitEntered();
        inFrame.awaitEntered();
        Gate tabAgain = systems.gate();
        tab.tabGroup().dispatch("tab", TaskCategory.TIMER, tabAgain);
        inPage.open();
        Systems.runThrough(unrelated.docGroup(), TaskCategory.OTHER);
        assertThat(tabAgain.isEntered()).isFalse();
        inFrame.open();
        tabAgain.awaitEntered();
    }
}
