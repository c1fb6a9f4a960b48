package dev.peili.examples.webrtc;

import dev.peili.actors.Tab;
import dev.peili.examples.PeiliSystem;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Plays rounds of both modes, on the threads of one actor system: a block of the one and a block of the other in turns, so
 * that whatever else the machine does meets both. A block of each comes before that and is not counted.
 */
final class Trial {
    private static final int BLOCK = 500;
    private static final int WARM_UP = 2_000;

    private final int rounds;

    /** @param rounds how many of each mode */
    Trial(int rounds) {
        this.rounds = rounds;
    }

    /** @param progress hears now and then how many rounds of each mode have been played; 0 during the warm-up */
    Tallies run(IntConsumer progress) {
        Tallies tallies = Tallies.empty();
        try (PeiliSystem system = PeiliSystem.start("webrtc")) {
            progress.accept(0);
            for (int played = 0; played < Math.min(rounds, WARM_UP); played += BLOCK) {
                for (Mode mode : Mode.values()) {
                    play(system, mode, Math.min(rounds, BLOCK));
                }
            }
            for (int played = 0; played < rounds; played += BLOCK) {
                int block = Math.min(BLOCK, rounds - played);
                for (Mode mode : Mode.values()) {
                    tallies.of(mode).add(play(system, mode, block));
                }
                progress.accept(played + block);
            }
        }
        return tallies;
    }

    private static Tally play(PeiliSystem system, Mode mode, int rounds) {
        Tab page = system.openTab();
        Tab media = system.openTab();
        Tab user = system.openTab();
        try {
            CompletableFuture<Tally> done = new CompletableFuture<>();
            ActorRef<Transceiver.Command> transceiver =
                    PeiliSystem.spawn(Transceiver.create(mode), "transceiver", page);
            PeiliSystem.spawn(
                    Script.create(transceiver, PeiliSystem.documentOf(media), rounds, done::complete), "script", user);
            return PeiliSystem.await(done);
        } finally {
            user.close();
            media.close();
            page.close();
        }
    }
}
