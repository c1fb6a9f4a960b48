package dev.peili.testkit.junit;

import dev.peili.testkit.internal.ScalaStages;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.slf4j.LoggerFactory;

/** Called by JUnit before the first test of the JVM, so that no other test can use asks before they can be simulated. */
public final class EarlyInstallation implements LauncherSessionListener {
    /** Called by JUnit, which finds it through {@code META-INF/services}. */
    public EarlyInstallation() {}

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (!ScalaStages.areInstalled()) {
            LoggerFactory.getLogger(EarlyInstallation.class)
                    .warn("Scala's futures were used before the first test: asks cannot be simulated in this JVM.");
        }
    }
}
