package dev.peili.testkit;

import dev.peili.actors.TaskCategory;
import dev.peili.actors.TaskSupervision;
import dev.peili.actors.Turn;
import dev.peili.testkit.Ledger.OpenTurn;
import dev.peili.testkit.Realm.OpenedDocument;
import dev.peili.testkit.Realm.OpenedTab;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What goes on in one schedule, by what its seed says: the test and every turn do some of it, until a number of tasks and
 * messages has been reached.
 */
final class Bustle {
    private final Ledger ledger;
    private final Realm realm;
    private final Dispatches dispatches;
    private final Secrets secrets;
    private final Cast cast;
    private final Choices random;

    private int fuel;

    Bustle(Ledger ledger, Realm realm, Books books, RandomGenerator random) {
        this.ledger = ledger;
        this.realm = realm;
        this.random = new Choices(random, realm);
        this.secrets = new Secrets(ledger, realm, random);
        this.cast = new Cast(ledger, realm, this::playActor);
        this.dispatches = new Dispatches(ledger, realm, books, this.random, this::run);
        this.fuel = 15 + random.nextInt(35);
    }

    // --- What the test does -----------------------------------------------------------------------------------------

    /** Opens the first tabs, and spawns the first actors. */
    void begin() {
        int tabGroups = 1 + random.nextInt(3);
        for (int i = 0; i < tabGroups; i++) {
            realm.openTab();
            OpenedTab tab = realm.tabs.get(realm.tabs.size() - 1);
            int documents = random.nextInt(3);
            for (int d = 0; d < documents; d++) {
                realm.openDocument(tab, random.nextInt(Place.SITES));
            }
            if (random.oneIn(2)) {
                realm.setVisible(tab, true);
            }
        }
        int actors = random.nextInt(4);
        for (int i = 0; i < actors; i++) {
            switch (random.nextInt(5)) {
                case 0 -> cast.spawnOutside(random.oneIn(2));
                case 1, 2 -> cast.spawnInto(random.group(), random.category());
                default -> cast.spawnBy(random.group(), random.category());
            }
        }
        if (random.oneIn(12)) {
            chatter();
        }
    }

    /** Somebody keeps groups in the foreground busy, if there are any. */
    private void chatter() {
        List<Dossier> groups = realm.dossiers.stream()
                .filter(dossier -> dossier != realm.root && dossier.place.isForeground())
                .toList();
        int many = 1 + random.nextInt(2);
        for (int i = 0; i < many && !groups.isEmpty(); i++) {
            cast.spawnInto(random.oneOf(groups), random.category());
            Member member = ledger.members.get(ledger.members.size() - 1);
            cast.tell(member, "the test", 100 + random.nextInt(150));
        }
    }

    boolean isOver() {
        return fuel <= 0;
    }

    /** Does one thing from outside of all turns. */
    void act() {
        if (random.oneIn(8)) {
            secrets.touchOne(Optional.empty());
        }
        if (random.oneIn(20)) {
            cast.spawnInto(random.openGroup(), random.category());
        } else {
            act("the test");
        }
    }

    /** Lets come to an end what would go on for ever. */
    void calm() {
        fuel = 0;
        realm.dossiers.stream().filter(dossier -> dossier.group.isSuspended()).forEach(d -> d.group.resume());
        List.copyOf(ledger.waiting).stream()
                .filter(job -> job.kind == Job.Kind.PERIODIC)
                .forEach(dispatches::cancel);
    }

    /** Closes all tabs. */
    void end() {
        realm.openTabs().forEach(realm::close);
    }

    // --- What turns do ----------------------------------------------------------------------------------------------

    private void run(Job job) {
        OpenTurn turn = ledger.begin(job);
        try {
            play(turn);
            if (random.oneIn(12)) {
                ledger.coverage.count("tasks failed");
                realm.fails(job);
                throw new Cast.Mishap();
            }
        } finally {
            ledger.end(turn);
        }
    }

    private Cast.Ending playActor(OpenTurn turn) {
        play(turn);
        return random.oneIn(20) ? Cast.Ending.FAIL : random.oneIn(25) ? Cast.Ending.STOP : Cast.Ending.GO_ON;
    }

    private void play(OpenTurn turn) {
        int parts = random.nextInt(5);
        for (int i = 0; i < parts && !ledger.isBroken(); i++) {
            switch (random.nextInt(4)) {
                case 0 -> secrets.touchOne(Optional.of(turn));
                case 1 -> act(turn.sender());
                default -> Turn.checkpoint();
            }
        }
    }

    private void act(Object sender) {
        if (fuel <= 0) {
            return;
        }
        fuel--;
        switch (random.nextInt(32)) {
            case 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 -> dispatches.dispatch();
            case 12, 13 -> dispatches.dispatchToSeveral();
            case 14 -> dispatches.dispatchIdle();
            case 15 -> dispatches.dispatchLater();
            case 16 -> dispatches.startTimer();
            case 17, 18, 19, 20 -> tell(sender);
            case 21 -> spawn();
            case 22, 23 -> showOrHide();
            case 24, 25 -> suspendOrResume();
            case 26, 27 -> changeDocuments();
            case 28 -> changeTabs();
            default -> changeSettings();
        }
    }

    // --- Other acts -------------------------------------------------------------------------------------------------

    private void tell(Object sender) {
        List<Member> present =
                ledger.members.stream().filter(member -> member.ref.isPresent()).toList();
        if (!present.isEmpty()) {
            cast.tell(random.oneOf(present), sender, 0);
        }
    }

    private void spawn() {
        cast.spawnBy(random.groupForTask(), random.category());
    }

    private void showOrHide() {
        List<OpenedTab> tabs = realm.openTabs();
        if (!tabs.isEmpty()) {
            OpenedTab tab = random.oneOf(tabs);
            realm.setVisible(tab, !tab.visible);
        }
    }

    private void suspendOrResume() {
        Dossier dossier = random.group();
        if (dossier == realm.root) {
            return;
        } else if (dossier.group.isSuspended()) {
            dossier.group.resume();
        } else {
            dossier.group.suspend();
            ledger.coverage.count("suspensions");
        }
    }

    private void changeDocuments() {
        List<OpenedTab> tabs = realm.openTabs();
        if (tabs.isEmpty()) {
            return;
        }
        OpenedTab tab = random.oneOf(tabs);
        if (tab.documents.isEmpty() || random.oneIn(3)) {
            realm.openDocument(tab, random.nextInt(Place.SITES));
            return;
        }
        OpenedDocument document = random.oneOf(tab.documents);
        if (random.oneIn(2)) {
            realm.navigate(document, random.nextInt(Place.SITES));
        } else {
            realm.close(document);
        }
    }

    private void changeTabs() {
        List<OpenedTab> tabs = realm.openTabs();
        if (tabs.isEmpty() || random.oneIn(4)) {
            realm.openTab();
        } else if (random.oneIn(2)) {
            realm.openTabFrom(random.oneOf(tabs));
        } else {
            realm.close(random.oneOf(tabs));
        }
    }

    private void changeSettings() {
        Dossier dossier = random.openGroup();
        switch (random.nextInt(4)) {
            case 0 -> {
                int capacity = random.nextInt(3);
                TaskCategory category = random.category();
                dossier.capacities.put(category, capacity);
                dossier.group.setLaneCapacity(category, capacity);
            }
            case 1 -> dossier.group.setWeight(1 + random.nextInt(4));
            case 2 -> cast.superviseActors(dossier, random.oneIn(2));
            default -> supervise(dossier);
        }
    }

    private void supervise(Dossier dossier) {
        TaskSupervision strategy = switch (random.nextInt(dossier == realm.root ? 2 : 4)) {
            case 0 -> TaskSupervision.resume();
            case 1 -> TaskSupervision.restart();
            case 2 -> TaskSupervision.stop();
            default -> TaskSupervision.restartWithBackoff(Duration.ofMillis(2), Duration.ofMillis(8), 0.5);
        };
        dossier.group.superviseTasks(strategy);
        dossier.supervision = strategy;
    }
}
