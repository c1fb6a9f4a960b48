package dev.peili.testkit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What users of the module can see, and what it may need of others. */
@AnalyzeClasses(packages = "dev.peili.testkit", importOptions = ImportOption.DoNotIncludeTests.class)
final class PackageRulesTest {
    private static final DescribedPredicate<JavaClass> INTERNAL = resideInAPackage("dev.peili..internal..");

    @ArchTest
    static final ArchRule publicApi_exposesNothingInternal = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage("..internal..")
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .should()
            .notHaveRawReturnType(INTERNAL);

    @ArchTest
    static final ArchRule junit_isNeededByItsPackageOnly = noClasses()
            .that()
            .resideOutsideOfPackage("dev.peili.testkit.junit")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.junit..");

    @ArchTest
    static final ArchRule testkit_needsOnlyActors = classes()
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..",
                    "scala..",
                    "org.apache.pekko..",
                    "com.typesafe.config..",
                    "org.slf4j..",
                    "org.jspecify..",
                    "org.junit..",
                    "org.opentest4j..",
                    "dev.peili.actors..",
                    "dev.peili.testkit.."));

    private PackageRulesTest() {}
}
