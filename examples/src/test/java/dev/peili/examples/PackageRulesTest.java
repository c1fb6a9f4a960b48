package dev.peili.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The examples see of the libraries what every user sees, and the libraries see it of each other. */
@AnalyzeClasses(packages = "dev.peili", importOptions = ImportOption.DoNotIncludeTests.class)
final class PackageRulesTest {
    @ArchTest
    static final ArchRule actors_keepTheirInternalsToThemselves = keepsItsInternals(
            "dev.peili.actors", "dev.peili.testkit.internal..", "dev.peili.mirroring", "dev.peili.ipc");

    @ArchTest
    static final ArchRule mirroring_keepsItsInternalsToItself = keepsItsInternals("dev.peili.mirroring");

    @ArchTest
    static final ArchRule ipc_keepsItsInternalsToItself = keepsItsInternals("dev.peili.ipc");

    @ArchTest
    static final ArchRule testkit_keepsItsInternalsToItself = keepsItsInternals("dev.peili.testkit");

    private PackageRulesTest() {}

    /** @param friends packages of other modules that may see them */
    private static ArchRule keepsItsInternals(String module, String... friends) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(module + "..")
                .and()
                .resideOutsideOfPackages(friends)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(module + ".internal..")
                .allowEmptyShould(false);
    }
}
