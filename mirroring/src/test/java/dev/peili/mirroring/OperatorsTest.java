package dev.peili.mirroring;

import static dev.peili.mirroring.Puppet.NUMBER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.mirroring.Puppet.Owner;
import dev.peili.mirroring.Puppet.Viewer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What operators see. */
final class OperatorsTest {
    @RegisterExtension
    static final Kits KITS = new Kits();

    private final ActorTestKit kit = KITS.kit();
    private final Owner owner = new Owner(kit);
    private final Viewer viewer = new Viewer(kit);
    private final String ownersPath = owner.ref.path().toStringWithoutAddress();
    private final String viewersPath = viewer.ref.path().toStringWithoutAddress();

    @Test
    void snapshot_tellsWhatIsMirroredWhereAndHowOftenItWasSent() {
        owner.connect(viewer);
        owner.set(1);
        viewer.seen.expectMessage("1a");
        MirroringSnapshot snapshot = Mirroring.snapshot(kit.system());
        assertThat(snapshot.canonicals())
                .contains(
                        new MirroringSnapshot.Canonical(ownersPath, "number", 2, List.of(viewersPath)),
                        new MirroringSnapshot.Canonical(ownersPath, "text", 1, List.of(viewersPath)));
        assertThat(snapshot.links())
                .contains(new MirroringSnapshot.Link(
                        ownersPath, viewersPath, new MirroringSnapshot.Counts(2, 0, 0), false));
        long sent = snapshot.totals().updatesSent();
        assertThat(sent).isGreaterThanOrEqualTo(2);
        kit.stop(owner.ref);
        Kits.await(
                "the end of the link",
                () -> Mirroring.snapshot(kit.system()).links().stream()
                        .noneMatch(link -> link.owner().equals(ownersPath)));
        assertThat(Mirroring.snapshot(kit.system()).totals().updatesSent()).isGreaterThan(sent);
    }

    @Test
    void flightRecorder_seesConnectsAndUpdates(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("mirrors.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("dev.peili.MirrorConnect");
            recording.enable("dev.peili.MirrorUpdate");
            recording.start();
            owner.connect(viewer);
            owner.turn(scope -> {
                owner.number().set(1);
                owner.text().set("b");
            });
            viewer.seen.expectMessage("1b");
            Puppet.settle(viewer.ref);
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("dev.peili.MirrorConnect"))
                .filteredOn(event -> event.getString("owner").equals(ownersPath))
                .allMatch(event -> event.getString("receiver").equals(viewersPath))
                .extracting(event -> event.getString("source") + " " + event.getString("key"))
                .containsExactlyInAnyOrder("number number", "text text");
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("dev.peili.MirrorUpdate"))
                .filteredOn(event -> event.getString("owner").equals(ownersPath))
                .allMatch(event -> event.getInt("changes") == 2 && event.getInt("turns") == 1)
                .allMatch(event -> event.getDuration("queueTime").toNanos() > 0)
                .hasSize(2);
    }

    @Test
    void endedActors_areForgotten() {
        owner.turn(scope -> owner.number().connect(viewer.ref, NUMBER));
        viewer.seen.expectMessage("0");
        kit.stop(viewer.ref);
        Kits.await(
                "the end of the link",
                () -> Mirroring.snapshot(kit.system()).links().stream()
                        .noneMatch(link -> link.target().equals(viewersPath)));
    }
}
