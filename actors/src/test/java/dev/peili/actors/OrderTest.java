package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.actors.Systems.Gate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Promise G2: related tasks of one category start in the order in which they were dispatched, across the levels too. */
final class OrderTest {
    private static final TaskCategory[] CATEGORIES = TaskCategory.values();

    @RegisterExtension
    final Systems systems = new Systems();

    private record Sent(SchedulerGroup group, TaskCategory category) {}

    @Test
    void directAndIndirectChains_keepTheirOrder() {
        Groups groups = systems.groups(3);
        Document a = Systems.background(groups);
        Document b = Systems.background(groups);
        Document c = Systems.background(groups);
        int rounds = 10_000;
        List<Integer> seen = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(2 * rounds);
        for (int i = 0; i < rounds; i++) {
            int round = i;
            a.dispatch("a", TaskCategory.OTHER, () -> {
                c.dispatch("direct", TaskCategory.OTHER, () -> {
                    seen.add(2 * round);
                    done.countDown();
                });
                b.dispatch(
                        "b",
                        TaskCategory.OTHER,
                        () -> c.dispatch("indirect", TaskCategory.OTHER, () -> {
                            seen.add(2 * round + 1);
                            done.countDown();
                        }));
            });
        }
        Systems.await(done);
        Systems.runThrough(c.docGroup(), TaskCategory.OTHER);
        int[] place = new int[2 * rounds];
        for (int i = 0; i < seen.size(); i++) {
            place[seen.get(i)] = i;
        }
        assertThat(seen).hasSize(2 * rounds).doesNotHaveDuplicates();
        for (int i = 0; i < rounds; i++) {
            assertThat(place[2 * i]).isLessThan(place[2 * i + 1]);
            if (i > 0) {
                assertThat(place[2 * i - 2]).isLessThan(place[2 * i]);
                assertThat(place[2 * i - 1]).isLessThan(place[2 * i + 1]);
            }
        }
    }

    @Test
    void tabGroupTask_isBarrierInItsCategory_forAllItsDocuments() {
        Groups groups = systems.groups(4);
        Tab tab = groups.openTab();
        Document page = tab.openDocument("https://example.org/");
        Document frame = tab.openDocument("https://example.com/");
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        Gate gate = systems.occupy(page.docGroup());
        page.dispatch("page", TaskCategory.TIMER, () -> order.add("page"));
        tab.tabGroup().dispatch("tab", TaskCategory.TIMER, () -> order.add("tab"));
        frame.dispatch("frame", TaskCategory.TIMER, () -> order.add("frame"));
        // The frame is free, and so is another category of it.
        Systems.runThrough(frame.docGroup(), TaskCategory.NETWORK);
        Systems.runThrough(Systems.background(groups).docGroup(), TaskCategory.TIMER);
        assertThat(order).isEmpty();
        gate.open();
        Systems.runThrough(tab.tabGroup(), TaskCategory.TIMER);
        assertThat(order).containsExactly("page", "tab", "frame");
    }

    @Test
    void rootTask_isBarrierForEverybody() {
        Groups groups = systems.groups(4);
        Document first = Systems.background(groups);
        Document second = Systems.foreground(groups);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        Gate gate = systems.occupy(first.docGroup());
        first.dispatch("before", TaskCategory.NETWORK, () -> order.add("before"));
        groups.root().dispatch("root", TaskCategory.NETWORK, () -> order.add("root"));
        second.dispatch("after", TaskCategory.NETWORK, () -> order.add("after"));
        systems.runLoose(50);
        assertThat(order).isEmpty();
        gate.open();
        Systems.runThrough(groups.root(), TaskCategory.NETWORK);
        assertThat(order).containsExactly("before", "root", "after");
    }

    @Test
    void relatedTasks_onAllLevels_startInOrder() {
        long seed = Systems.seed();
        Random random = new Random(seed);
        Groups groups = systems.groups(4);
        List<SchedulerGroup> all = new ArrayList<>();
        List<Tab> tabs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Tab tab = groups.openTab();
            tabs.add(tab);
            all.add(tab.tabGroup());
            all.add(tab.openDocument("https://example.org/").docGroup());
            all.add(tab.openDocument("https://example.com/").docGroup());
            all.add(tab.openDocument("https://example.net/").docGroup());
        }
        long end = System.nanoTime() + Systems.budgetNanos(20);
        int round = 0;
        while (round < Systems.rounds(1, 500) || System.nanoTime() < end) {
            round++;
            oneRound(groups, all, tabs, random, seed);
        }
    }

    private static void oneRound(Groups groups, List<SchedulerGroup> all, List<Tab> tabs, Random random, long seed) {
        int count = 200;
        List<Sent> sent = new ArrayList<>();
        List<Integer> started = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(count);
        int kinds = 1 + random.nextInt(3);
        int roots = random.nextInt(10);
        for (int i = 0; i < count; i++) {
            int number = i;
            SchedulerGroup group = random.nextInt(100) < roots ? groups.root() : all.get(random.nextInt(all.size()));
            TaskCategory category = CATEGORIES[random.nextInt(kinds)];
            int length = random.nextInt(20_000);
            sent.add(new Sent(group, category));
            group.dispatch("task", category, () -> {
                started.add(number);
                Systems.spin(length);
                Turn.checkpoint();
                done.countDown();
            });
            if (random.nextInt(20) == 0) {
                tabs.get(random.nextInt(tabs.size())).setVisible(random.nextBoolean());
            }
        }
        Systems.await(done);
        for (int i = 0; i < count; i++) {
            Sent later = sent.get(started.get(i));
            for (int j = i + 1; j < count; j++) {
                Sent earlier = sent.get(started.get(j));
                boolean ordered = later.category == earlier.category && later.group.isRelatedTo(earlier.group);
                assertThat(ordered && started.get(j) < started.get(i))
                        .as(
                                "task %d (%s) started after %d (%s), seed %d",
                                started.get(j), earlier, started.get(i), later, seed)
                        .isFalse();
            }
        }
    }

    @Test
    void messages_keepTheirOrderPerSenderAndReceiver() {
        Groups groups = systems.groups(2);
        Document page = Systems.foreground(groups);
        int senders = 3;
        int messages = 5_000;
        int[] last = new int[senders];
        List<String> wrong = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(senders * messages);
        ActorRef<int[]> receiver = Systems.spawn(
                page.docGroup(),
                Behaviors.receiveMessage(message -> {
                    if (message[1] != ++last[message[0]]) {
                        wrong.add(message[1] + " of sender " + message[0]);
                    }
                    done.countDown();
                    return Behaviors.same();
                }),
                "receiver");
        Runnable[] all = new Runnable[senders];
        for (int i = 0; i < senders; i++) {
            int sender = i;
            all[i] = () -> {
                for (int j = 1; j <= messages; j++) {
                    receiver.tell(new int[] {sender, j});
                }
            };
        }
        Systems.inParallel(all);
        Systems.await(done);
        assertThat(wrong).isEmpty();
    }

    @Test
    void taskDispatchedFromTask_runsAfterWhatWasQueued() {
        Groups groups = systems.groups(2);
        Document page = Systems.background(groups);
        List<String> order = new ArrayList<>();
        Gate gate = systems.occupy(page.docGroup());
        page.dispatch("first", TaskCategory.OTHER, () -> {
            page.dispatch("inner", TaskCategory.OTHER, () -> order.add("inner"));
            order.add("first");
        });
        page.dispatch("second", TaskCategory.OTHER, () -> order.add("second"));
        gate.open();
        Systems.await("inner task", () -> {
            Systems.runThrough(page.docGroup(), TaskCategory.OTHER);
            return order.size() == 3;
        });
        assertThat(order).containsExactly("first", "second", "inner");
    }
}
