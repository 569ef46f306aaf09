from django.db import migrations


def forget_written_days(apps, schema_editor):
    """Files of the first layout lack columns; days still in the database become due and are written anew."""
    apps.get_model("devices", "LakeDay").objects.filter(is_in_database=True).delete()


class Migration(migrations.Migration):
    dependencies = [("devices", "0003_device_reports")]

    operations = [migrations.RunPython(forget_written_days, migrations.RunPython.noop)]
