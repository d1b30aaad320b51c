package io.mtl4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    /** From the bottom up: a package uses only packages before its own. */
    private static final List<String> PACKAGES = List.of(
            "io.mtl4j.internal",
            "io.mtl4j.task",
            "io.mtl4j.step",
            "io.mtl4j.weighting",
            "io.mtl4j.aggregation",
            "io.mtl4j.schedule",
            "io.mtl4j.data",
            "io.mtl4j.metric",
            "io.mtl4j.event",
            "io.mtl4j.grouping",
            "io.mtl4j.search");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.mtl4j");

    static List<String> packages() {
        return PACKAGES;
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageUsesOnlyPackagesBelowIt(String name) {
        String[] above = PACKAGES.subList(PACKAGES.indexOf(name) + 1, PACKAGES.size()).stream()
                .map(p -> p + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above)
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void everyPackageHasItsPlaceInTheOrder() {
        String[] known = PACKAGES.stream().map(p -> p + "..").toArray(String[]::new);
        classes()
                .that()
                .doNotHaveSimpleName("package-info")
                .should()
                .resideInAnyPackage(known)
                .check(MAIN);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("io.mtl4j.(*)..").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void theMathematicsNeedsOnlyTheJdkAndSlf4j() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.slf4j", "io.mtl4j..")
                .check(MAIN);
    }
}
