package io.sa2va.core.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.sa2va");

  @Test
  void import_allThreeModules_areSeen() {
    assertThat(CLASSES.contain("io.sa2va.Sa2VA")).isTrue();
    assertThat(CLASSES.contain("io.sa2va.torch.Tensor")).isTrue();
    assertThat(CLASSES.contain("io.sa2va.core.engine.Provider")).isTrue();
  }

  @Test
  void bytedeco_onlyInNative() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.sa2va.torch..", "io.sa2va.ffmpeg..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco..")
        .check(CLASSES);
  }

  @Test
  void pointerScope_onlyInTensorScope() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.sa2va.torch.TensorScope")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.bytedeco.javacpp.PointerScope")
        .check(CLASSES);
  }

  @Test
  void api_onlyTheJdk() {
    classes()
        .that()
        .resideInAnyPackage("io.sa2va", "io.sa2va.error..", "io.sa2va.spi..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.sa2va", "io.sa2va.error..", "io.sa2va.spi..", "java..", "javax..", "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void native_knowsNeitherApiNorCore() {
    noClasses()
        .that()
        .resideInAnyPackage("io.sa2va.torch..", "io.sa2va.ffmpeg..", "io.sa2va.files..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.sa2va", "io.sa2va.error..", "io.sa2va.spi..", "io.sa2va.core..")
        .check(CLASSES);
  }

  @Test
  void corePackages_noCycles() {
    slices().matching("io.sa2va.core.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void nativePackages_noCycles() {
    slices().matching("io.sa2va.torch.(**)").should().beFreeOfCycles().check(CLASSES);
  }
}
