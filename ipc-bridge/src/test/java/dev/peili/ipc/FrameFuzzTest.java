package dev.peili.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.peili.testkit.SearchResult;
import dev.peili.testkit.Simulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Random and spoiled packets against the reader, and against one side of an open channel (promise I6). */
final class FrameFuzzTest {
    private static final int DEEP = 100_000;
    private static final int DEEP_STREAMS = 1_000_000;
    private static final boolean IS_DEEP = Boolean.getBoolean("peili.deep");
    private static final Duration BUDGET = Duration.ofSeconds(Integer.getInteger("peili.budget.seconds", 5));
    private static final List<PacketMutation> MUTATIONS = List.of(PacketMutation.values());
    private static final int MAX_FRAME = 4096;
    private static final String NAMES_A_FRAME = "(?s)frames? -?\\d+[ ,].*";

    /** In so many schedules each way to spoil packets has closed the channel, so often at least. */
    private static final int ENOUGH = 1000;

    private static final Config CONFIG = ConfigFactory.parseString("""
            pekko.loglevel = off
            pekko.stdout-loglevel = off
            peili.testkit { trace-length = 60, max-steps = 20000, delivery = arrival }
            peili.ipc { actor-window = 8, channel-window = 64 KiB, max-frame-size = 4 KiB, packet-size = 1 KiB }
            """);

    private final Logger log = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Level level = log.getLevel();

    @BeforeEach
    void silence() {
        // Channels are closed on purpose.
        log.setLevel(Level.OFF);
    }

    @AfterEach
    void speak() {
        log.setLevel(level);
    }

    // --- The reader -------------------------------------------------------------------------------------------------

    @Test
    void spoiledPackets_areReadUpToTheBadFrame_whichIsNamed() {
        long first = Long.getLong("peili.seed", 1);
        long end = System.nanoTime() + BUDGET.toNanos();
        int tries = Long.getLong("peili.seed") != null ? 1 : Integer.MAX_VALUE;
        Coverage coverage = new Coverage();
        int run = 0;
        while (run < tries && (IS_DEEP ? run < DEEP_STREAMS : System.nanoTime() < end)) {
            long seed = first + run++;
            try {
                spoilAndRead(new SplittableRandom(seed), coverage);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + " (-Dpeili.seed=" + seed + "): " + e, e);
            }
        }
        System.out.println(run + " streams: " + coverage);
        if (run >= ENOUGH) {
            for (PacketMutation mutation : MUTATIONS) {
                assertThat(coverage.of(mutation + " refused"))
                        .as(mutation.toString())
                        .satisfies(count -> assertThat(count > 0).isEqualTo(mutation != PacketMutation.NONE));
            }
        }
    }

    private static void spoilAndRead(RandomGenerator random, Coverage coverage) {
        FrameWriter writer = new FrameWriter();
        FrameLog written = new FrameLog();
        List<byte[]> packets = new ArrayList<>();
        List<Integer> framesBefore = new ArrayList<>();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            framesBefore.add(written.frames.size());
            // Without a frame in it, nobody would miss the packet.
            int heartbeats = 1 + random.nextInt(2);
            for (int k = 0; k < heartbeats; k++) {
                writer.heartbeat();
            }
            for (int k = random.nextInt(4); k > 0; k--) {
                written.write(writer, random);
            }
            packets.add(writer.takePacket());
        }
        int count = packets.size();
        PacketMutation mutation = MUTATIONS.get(random.nextInt(MUTATIONS.size()));
        int spoiled = mutation.apply(packets, random);
        FrameReader reader = new FrameReader(MAX_FRAME);
        FrameLog read = new FrameLog();
        long given = 0;
        boolean isRefused = false;
        for (int i = 0; i < packets.size() && !isRefused; i++) {
            given += packets.get(i).length;
            try {
                reader.read(packets.get(i), read);
            } catch (BadFrameException e) {
                assertThat(i).isGreaterThanOrEqualTo(spoiled);
                assertThat(e.problem()).matches(NAMES_A_FRAME);
                assertThat(e.problem()).hasSizeLessThan(FrameDescriptor.MAX_DETAIL);
                isRefused = true;
                coverage.count(mutation + " refused");
            }
        }
        int surely = spoiled < count ? framesBefore.get(Math.min(spoiled, count - 1)) : written.frames.size();
        assertThat(read.frames.size()).isGreaterThanOrEqualTo(surely);
        assertThat(read.frames.subList(0, surely)).isEqualTo(written.frames.subList(0, surely));
        assertThat(read.bytes).isLessThanOrEqualTo(given);
        assertThat(isRefused || !mutation.isNoticed(spoiled, count))
                .as(mutation + " is not noticed")
                .isTrue();
    }

    // --- One side of a channel --------------------------------------------------------------------------------------

    @Test
    void spoiledPackets_closeTheChannel_andItsActorsAreTold() {
        Long only = Long.getLong("peili.seed");
        Coverage coverage = new Coverage();
        try (Simulator simulator = Simulator.create(CONFIG)) {
            if (only != null) {
                simulator.run(only, simulation -> new FakePeer(simulation, coverage).play());
                return;
            }
            SearchResult result = IS_DEEP
                    ? simulator.search(1, DEEP, simulation -> new FakePeer(simulation, coverage).play())
                    : simulator.search(
                            1, Integer.MAX_VALUE, BUDGET, simulation -> new FakePeer(simulation, coverage).play());
            System.out.println(result.schedules() + " schedules, " + result.steps() + " steps in " + result.time()
                    + ": " + coverage);
            result.orThrow();
            assertThat(result.schedules()).isGreaterThanOrEqualTo(IS_DEEP ? DEEP : 1);
            if (result.schedules() >= ENOUGH) {
                for (PacketMutation mutation : MUTATIONS) {
                    boolean isClosed = coverage.of(mutation + " closes") > 0;
                    assertThat(isClosed).as(mutation.toString()).isEqualTo(mutation != PacketMutation.NONE);
                }
                for (FakePeer.Lie lie : FakePeer.Lie.values()) {
                    boolean isTold = coverage.of("lie " + lie) > 0;
                    assertThat(isTold).as(lie.toString()).isEqualTo(lie != FakePeer.Lie.NONE);
                }
            }
        }
    }

    @Test
    void eachLie_closesTheChannel() {
        try (Simulator simulator = Simulator.create(CONFIG)) {
            for (FakePeer.Lie lie : FakePeer.Lie.values()) {
                for (int seed = 1; seed <= 5; seed++) {
                    simulator.run(
                            seed,
                            simulation -> new FakePeer(simulation, new Coverage()).play(lie, PacketMutation.NONE));
                }
            }
        }
    }

    @Test
    void whatComesAndGoes_leavesNothingBehind() {
        try (Simulator simulator = Simulator.create(CONFIG)) {
            simulator.run(1, simulation -> new FakePeer(simulation, new Coverage()).comeAndGo(300));
        }
    }

    @Test
    void anEndpointThatIsStopped_saysSoToTheOther() {
        try (Simulator simulator = Simulator.create(CONFIG)) {
            simulator.run(1, simulation -> new FakePeer(simulation, new Coverage()).beStopped());
        }
    }
}
