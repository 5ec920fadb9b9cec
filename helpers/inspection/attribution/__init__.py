"""What a class rests on: saliency, occlusion and Grad-CAM."""
