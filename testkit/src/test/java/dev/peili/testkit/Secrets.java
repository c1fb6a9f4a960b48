package dev.peili.testkit;

import dev.peili.testkit.Ledger.OpenTurn;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The promise G8: who may touch what belongs to a group. */
final class Secrets {
    private final Ledger ledger;
    private final Realm realm;
    private final RandomGenerator random;

    Secrets(Ledger ledger, Realm realm, RandomGenerator random) {
        this.ledger = ledger;
        this.realm = realm;
        this.random = random;
    }

    /** Touches some group's state, in the turn or outside of all. */
    void touchOne(Optional<OpenTurn> turn) {
        Dossier dossier = realm.dossiers.get(random.nextInt(realm.dossiers.size()));
        boolean allowed = turn.isPresent()
                && turn.get().where().stream().anyMatch(place -> (place.reach & dossier.place.bit) != 0);
        String who = turn.map(OpenTurn::toString).orElse("the test");
        try {
            touch(dossier, who);
            ledger.coverage.count("allowed to touch");
            if (!allowed) {
                ledger.broken("G8: " + who + " may touch what belongs to " + dossier);
            }
        } catch (IllegalStateException e) {
            ledger.coverage.count("forbidden to touch");
            String text = String.valueOf(e.getMessage());
            if (allowed) {
                ledger.broken("G8: " + who + " may not touch what belongs to " + dossier + ": " + text);
            } else if (!text.contains(dossier.toString())) {
                ledger.broken("G8: the failure does not name " + dossier + ": " + text);
            }
        }
    }

    private void touch(Dossier dossier, String who) {
        int[] state = dossier.local.get();
        if (state[0] != dossier.value) {
            ledger.broken("G8: " + who + " finds " + state[0] + " in what belongs to " + dossier + " instead of "
                    + dossier.value);
        }
        state[0]++;
        dossier.value++;
    }
}
