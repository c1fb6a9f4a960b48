package dev.peili.actors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.stream.Stream;

/** What users of the module can see, and how its packages may depend on each other. */
@AnalyzeClasses(packages = "dev.peili.actors", importOptions = ImportOption.DoNotIncludeTests.class)
final class PackageRulesTest {
    private static final DescribedPredicate<JavaClass> INTERNALS =
            JavaClass.Predicates.resideInAPackage("dev.peili.actors.internal..");

    @ArchTest
    static final ArchRule publicApi_exposesNothingInternal =
            classes().that(areVisibleToUsers()).should(exposeNothingInternal()).allowEmptyShould(false);

    /** The root package is the face of the internal ones, so each of the two sides may know the other. */
    @ArchTest
    static final ArchRule internalPackages_haveNoCycles =
            slices().assignedFrom(internalPackages()).should().beFreeOfCycles().allowEmptyShould(false);

    private PackageRulesTest() {}

    private static SliceAssignment internalPackages() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return INTERNALS.test(type) ? SliceIdentifier.of(type.getPackageName()) : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "internal packages";
            }
        };
    }

    private static DescribedPredicate<JavaClass> areVisibleToUsers() {
        return DescribedPredicate.describe(
                "are visible to users",
                type -> !INTERNALS.test(type)
                        && Stream.iterate(
                                        type,
                                        t -> t != null,
                                        t -> t.getEnclosingClass().orElse(null))
                                .allMatch(PackageRulesTest::isOpen));
    }

    private static ArchCondition<JavaClass> exposeNothingInternal() {
        return new ArchCondition<>("expose nothing internal") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
                        .filter(PackageRulesTest::isInternal)
                        .forEach(
                                parent -> report(type.getDescription() + " extends " + parent.getName(), type, events));
                type.getMembers().stream()
                        .filter(PackageRulesTest::isOpen)
                        .filter(member -> signature(member).anyMatch(PackageRulesTest::isInternal))
                        .forEach(member -> report(member.getDescription(), member, events));
            }
        };
    }

    private static void report(String what, Object where, ConditionEvents events) {
        events.add(SimpleConditionEvent.violated(where, what + " has an internal type in its signature"));
    }

    private static Stream<JavaType> signature(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit code = (JavaCodeUnit) member;
        return Stream.of(
                        Stream.of(code.getReturnType()),
                        code.getParameterTypes().stream(),
                        code.getTypeParameters().stream(),
                        code.getExceptionTypes().stream())
                .flatMap(types -> types);
    }

    private static boolean isInternal(JavaType type) {
        return type.getAllInvolvedRawTypes().stream().anyMatch(INTERNALS);
    }

    private static boolean isOpen(HasModifiers declaration) {
        return declaration.getModifiers().contains(JavaModifier.PUBLIC)
                || declaration.getModifiers().contains(JavaModifier.PROTECTED);
    }
}
