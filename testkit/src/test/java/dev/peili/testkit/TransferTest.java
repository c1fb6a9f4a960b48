package dev.peili.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peili.testkit.junit.SimulatedTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/** The code of docs/testing.md. */
final class TransferTest {
    sealed interface Account {
        record Deposit(int amount) implements Account {}

        record Withdraw(int amount, ActorRef<Boolean> replyTo) implements Account {}

        record Balance(ActorRef<Integer> replyTo) implements Account {}
    }

    static Behavior<Account> account(int balance) {
        return Behaviors.receive(Account.class)
                .onMessage(Account.Deposit.class, deposit -> account(balance + deposit.amount()))
                .onMessage(Account.Withdraw.class, withdraw -> {
                    boolean enough = balance >= withdraw.amount();
                    withdraw.replyTo().tell(enough);
                    return enough ? account(balance - withdraw.amount()) : Behaviors.same();
                })
                .onMessage(Account.Balance.class, ask -> {
                    ask.replyTo().tell(balance);
                    return Behaviors.same();
                })
                .build();
    }

    /** Takes the money from one account and, if there was enough, puts it into the other. */
    static Behavior<Boolean> transfer(int amount, ActorRef<Account> from, ActorRef<Account> to) {
        return Behaviors.setup(context -> {
            from.tell(new Account.Withdraw(amount, context.getSelf()));
            return Behaviors.receiveMessage(enough -> {
                if (enough) {
                    to.tell(new Account.Deposit(amount));
                }
                return Behaviors.stopped();
            });
        });
    }

    @SimulatedTest(schedules = 1_000)
    void money_isNeverLost(Simulation simulation) {
        ActorRef<Account> anna = simulation.spawn(account(100), "anna");
        ActorRef<Account> ben = simulation.spawn(account(100), "ben");
        simulation.spawn(transfer(70, anna, ben), "first");
        simulation.spawn(transfer(50, anna, ben), "second");
        simulation.spawn(transfer(30, ben, anna), "third");

        simulation.runUntilIdle();

        SimulatedProbe<Integer> probe = simulation.createProbe(Integer.class);
        anna.tell(new Account.Balance(probe.ref()));
        int annas = probe.receiveMessage();
        ben.tell(new Account.Balance(probe.ref()));
        assertThat(annas + probe.receiveMessage()).isEqualTo(200);
    }

    private static void firstTransferSucceeds(Simulation simulation) {
        ActorRef<Account> anna = simulation.spawn(account(100), "anna");
        ActorRef<Account> ben = simulation.spawn(account(0), "ben");
        simulation.spawn(transfer(70, anna, ben), "first");
        simulation.spawn(transfer(50, anna, ben), "second");
        simulation.runUntilIdle();

        SimulatedProbe<Integer> probe = simulation.createProbe(Integer.class);
        ben.tell(new Account.Balance(probe.ref()));
        probe.expectMessage(70);
    }

    @Test
    void documentedFailure_isFound() throws IOException {
        try (Simulator simulator = Simulator.create()) {
            SearchResult result = simulator.search(1, 1_000, TransferTest::firstTransferSucceeds);
            ScheduleFailedError failure = result.failure().orElseThrow();
            assertThat(page()).contains(String.valueOf(failure.getMessage()));
            assertThatThrownBy(result::orThrow).isSameAs(failure);
        }
    }

    @Test
    void documentedCode_isThisCode() throws IOException {
        String source = squeeze(Files.readString(Path.of("src/test/java/dev/peili/testkit/TransferTest.java")));
        List<String> blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(page())
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(blocks)
                .hasSizeGreaterThan(2)
                .allSatisfy(block -> assertThat(source).contains(squeeze(block)));
    }

    @Test
    void searchWithoutJUnit_isDocumented() {
        try (Simulator simulator = Simulator.create()) {
            simulator.search(1, 1_000, this::money_isNeverLost).orThrow();
        }
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("../docs/testing.md"));
    }

    private static String squeeze(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
