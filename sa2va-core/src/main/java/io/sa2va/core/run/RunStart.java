package io.sa2va.core.run;

import io.sa2va.TrainingRequest;
import io.sa2va.core.engine.Placement;
import io.sa2va.core.train.TrainableModel;
import io.sa2va.core.train.TrainingPlan;
import io.sa2va.core.train.base.BaseCheckpoint;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.error.Sa2VAException;
import io.sa2va.files.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The model that a run starts from. A run that fails before it has one leaves a folder in which it
 * can be tried again, with other options as well.
 *
 * @param folder the run's
 * @param model the folder of the model itself, or of the Sa2VA that it becomes
 * @param isSource whether it is the model itself
 * @param isNew whether the run was not begun before
 */
record RunStart(Path folder, Path model, boolean isSource, boolean isNew) {
  private static final String COMPLETED = "base";

  /** Completes the model where it lacks something, then makes the folder that of the run. */
  static RunStart prepare(
      TrainingRequest request, RunDescription run, BaseCheckpoint base, Path source) {
    Path folder = request.out();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new Sa2VAException("cannot make the folder " + folder + ": " + e, e);
    }
    boolean begun = run.isBegun(folder, request.resume());
    Path model = base.isComplete() ? source : completed(request, base, begun);
    if (!begun) {
      run.settle(folder);
    }
    return new RunStart(folder, model, base.isComplete(), !begun);
  }

  private static Path completed(TrainingRequest request, BaseCheckpoint base, boolean begun) {
    Path completed = request.out().resolve(COMPLETED);
    if (Files.exists(completed) && !begun) {
      throw new InvalidRequestException(
          completed + " is of no run that was begun here; remove it, or name another folder");
    }
    if (!Files.exists(completed)) {
      base.complete(
          completed,
          Optional.ofNullable(request.loading().sam2Weights()),
          request.options().seed());
    }
    return completed;
  }

  /** Loads it, to be closed by the caller. */
  TrainableModel load(Placement placement, TrainingPlan plan) {
    try {
      return TrainableModel.load(model, placement.device(), placement.dtype(), plan);
    } catch (RuntimeException e) {
      if (isNew) {
        undo(e);
      }
      throw e;
    }
  }

  private void undo(RuntimeException failure) {
    try {
      if (!isSource) {
        FolderTree.delete(model);
      }
      RunDescription.remove(folder);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
