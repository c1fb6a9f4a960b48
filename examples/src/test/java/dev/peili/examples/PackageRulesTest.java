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
    static final ArchRule actors_keepTheirInternalsToThemselves = keepsItsInternals("dev.peili.actors");

    @ArchTest
    static final ArchRule mirroring_keepsItsInternalsToItself = keepsItsInternals("dev.peili.mirroring");

    @ArchTest
    static final ArchRule ipc_keepsItsInternalsToItself = keepsItsInternals("dev.peili.ipc");

    private PackageRulesTest() {}

    private static ArchRule keepsItsInternals(String module) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(module + ".internal..")
                .allowEmptyShould(false);
    }
}
